import Foundation
import FuzzSupport
import IdentityBroker
import WXAppProvider

/// A login through the whole pipeline, and the traces it leaves.
struct Login: Sendable {
    static let secret = "planted-pool-secret"
    static let ticket = "planted.ticket.4711"

    let outcome: Result<Identity, BrokerError>
    let log: String
    let events: [AuditEvent]

    /// Logs in with an upstream that gives this answer.
    static func answered(_ answer: Answer) -> Login {
        waiting { await Login(answer) }
    }

    private init(_ answer: Answer) async {
        let log = RecordedLog()
        let store = MemoryStore()
        outcome = await Self.outcome(of: answer, store: store, log: log)
        self.log = log.text
        events = store.auditEvents
    }

    private static func outcome(
        of answer: Answer,
        store: MemoryStore,
        log: RecordedLog
    ) async -> Result<Identity, BrokerError> {
        let settings = WXAppProvider.Settings(userPoolId: Decoding.userPoolId, secret: .literal(Secret(secret)))
        do {
            let context = ProviderContext(id: "wxapp", clock: .stopped, logger: log.logger)
            let broker = try Broker(
                providers: [try ProviderInstance(WXAppProvider.self, settings: settings, context: context)],
                transport: FixedTransport(answer: answer.response),
                store: store,
                clock: .stopped,
                logger: log.logger
            )
            return .success(try await broker.login("wxapp", with: .ticket(ticket)))
        } catch {
            return .failure(error as? BrokerError ?? BrokerError(.internalError, "\(error)"))
        }
    }
}
