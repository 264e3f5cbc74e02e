import IdentityBroker
import LoopbackServer
import Metrics

/// A person with a fresh credential at a broker.
struct Visit: Sendable {
    var person: ProviderConformance.Person
    var credential: Credential
    let provider: ProviderID
    let broker: Broker
    let store: MemoryStore
    /// The secrets of the instance, to be kept out of reports.
    let secrets: [String: String]
    var recorder = LoginRecorder()

    /// Presents the credential.
    func login() async -> Attempt {
        let watch = LoginWatch()
        let outcome = await LoginWatch.$current.withValue(watch) {
            await withMetricsFactory(recorder.metrics) { () async -> Result<Identity, BrokerError> in
                do throws(BrokerError) {
                    return .success(try await broker.login(provider, with: credential))
                } catch {
                    return .failure(error)
                }
            }
        }
        return Attempt(visit: self, outcome: outcome, event: store.auditEvents.last, watch: watch)
    }

    /// Presents the credential, and interferes at a certain moment of the login, unless the login is over by then.
    func login(
        at moment: @escaping @Sendable () async throws -> Void,
        _ interfere: (_ login: Task<Attempt, Never>) async throws -> Void
    ) async throws -> Attempt {
        let isOver = Monitor(false)
        let login = Task {
            let attempt = await self.login()
            isOver.withState { $0 = true }
            return attempt
        }
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await moment() }
                group.addTask { try await isOver.wait { $0 ? () : nil } }
                try await group.next()
                group.cancelAll()
            }
            try await interfere(login)
            return await login.value
        } onCancel: {
            login.cancel()
        }
    }
}
