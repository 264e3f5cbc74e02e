import CurlTransport
package import Foundation
package import IdentityBroker

/// Logs in with tickets at an upstream, over the real transport, and reports each answer.
package struct LoginBatch: Codable, Sendable {
    package var tickets: [String]
    /// The number of concurrent logins.
    package var concurrency: Int
    /// The step at which every login stops; nil for none.
    package var stop: LoginStep?
    /// Whether each login has an account, and a record with the login's id; see ``record(of:with:)``.
    package var leadsToAccount: Bool

    private let baseURL: String
    private let caFile: String

    package init(
        tickets: [String],
        concurrency: Int = 1,
        stop: LoginStep? = nil,
        leadsToAccount: Bool = false,
        baseURL: String,
        caFile: String
    ) {
        self.tickets = tickets
        self.concurrency = concurrency
        self.stop = stop
        self.leadsToAccount = leadsToAccount
        self.baseURL = baseURL
        self.caFile = caFile
    }

    /// Runs all logins to completion.
    package func run(
        on store: any BrokerStore,
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

    /// The record that is put with a login, whose body is the ticket.
    package static func record(of login: UUID, with ticket: String) -> StoredRecord {
        StoredRecord(key: RecordKey(kind: "login", id: RecordID(login)), body: Data(ticket.utf8))
    }

    /// Each login has its own broker, which gives it a known id.
    private func login(
        with ticket: String,
        store: SteppedStore,
        transport: any UpstreamTransport
    ) async throws -> LoginAnswer {
        let id = UUID()
        let broker = try Broker(
            providers: [TicketProvider.instance(baseURL: baseURL, caFile: caFile)],
            transport: transport,
            store: store,
            identifiers: IdentifierSource { id }
        )
        do throws(BrokerError) {
            guard leadsToAccount else {
                let identity = try await broker.login("ticket", with: .ticket(ticket))
                return LoginAnswer(login: id, ticket: ticket, subject: identity.subject)
            }
            let signedIn = try await broker.signIn(
                "ticket", with: .ticket(ticket), putting: [Self.record(of: id, with: ticket)])
            return LoginAnswer(
                login: id, ticket: ticket, subject: signedIn.identity.subject, account: signedIn.account.description)
        } catch {
            return LoginAnswer(login: id, ticket: ticket, failure: error.kind.rawValue)
        }
    }
}

/// The answer to a login.
package struct LoginAnswer: Codable, Sendable, Hashable {
    package let login: UUID
    package let ticket: String
    /// The subject that it signed in; nil for a failure.
    package let subject: String?
    /// The account; nil for a failure, and for a login without an account.
    package let account: String?
    /// The kind of the failure; nil for a success.
    package let failure: String?

    init(login: UUID, ticket: String, subject: String? = nil, account: String? = nil, failure: String? = nil) {
        self.login = login
        self.ticket = ticket
        self.subject = subject
        self.account = account
        self.failure = failure
    }
}
