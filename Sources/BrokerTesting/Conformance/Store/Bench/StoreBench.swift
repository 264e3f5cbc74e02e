import IdentityBroker

/// One storage, as a rule sees it.
struct StoreBench: Sendable {
    let timeResolution: Duration
    let callLimit: Duration
    /// Opens a store on the storage; a new one at each call, if the storage is shared.
    let open: @Sendable () async throws -> any LoginStore

    /// Opens a store that keeps accounts and records.
    func openBrokerStore() async throws -> any BrokerStore {
        guard let store = try await open() as? any BrokerStore else {
            throw Observation("the fixture declares keepsAccounts, but opened a store that is not a BrokerStore")
        }
        return store
    }

    /// The time within which a whole check must finish: a store that hangs must not hang its author's tests.
    var ruleLimit: Duration { callLimit * 10 }
}
