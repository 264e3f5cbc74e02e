import CurlTransport
package import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Logs in with tickets at an upstream, over the shipped transport, and tells each answer.
package struct LoginBatch: Codable, Sendable {
    package var tickets: [String]
    /// How many logins are under way at once.
    package var concurrency: Int
    /// Where every login stops; nil to go through.
    package var stop: LoginStep?

    private let baseURL: String
    private let caFile: String

    package init(
        tickets: [String],
        concurrency: Int = 1,
        stop: LoginStep? = nil,
        baseURL: String,
        caFile: String
    ) {
        self.tickets = tickets
        self.concurrency = concurrency
        self.stop = stop
        self.baseURL = baseURL
        self.caFile = caFile
    }

    /// Runs all logins to their end.
    package func run(
        on store: any LoginStore,
        _ report: @escaping @Sendable (ProbeLine) -> Void
    ) async throws {
        let sign = StopSign(step: stop, report: report)
        let curl = try CurlTransport()
        let transport = SteppedTransport(transport: curl, sign: sign)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, ticket) in tickets.enumerated() {
                if number >= concurrency { try await group.next() }
                group.addTask {
                    let store = SteppedStore(store: store, sign: sign)
                    report(.answered(try await login(with: ticket, store: store, transport: transport)))
                    await sign.pass(.afterReport)
                }
            }
            try await group.waitForAll()
        }
        await curl.shutdown()
    }

    /// Each login has a broker of its own, which gives it an id that is known here.
    private func login(
        with ticket: String,
        store: any LoginStore,
        transport: any UpstreamTransport
    ) async throws -> LoginAnswer {
        let id = UUID()
        let broker = try Broker(
            providers: [TicketProvider.instance(baseURL: baseURL, caFile: caFile)],
            transport: transport,
            store: store,
            identifiers: IdentifierSource { id }
        )
        let result: Result<Identity, BrokerError>
        do throws(BrokerError) {
            result = .success(try await broker.login("ticket", with: .ticket(ticket)))
        } catch {
            result = .failure(error)
        }
        return LoginAnswer(login: id, ticket: ticket, result: result)
    }
}
