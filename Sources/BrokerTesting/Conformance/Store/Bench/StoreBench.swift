import IdentityBroker

/// One storage, as a rule sees it.
struct StoreBench: Sendable {
    let timeResolution: Duration
    let callLimit: Duration
    /// Opens a store on the storage; another one at each call, where the storage is shared.
    let open: @Sendable () async throws -> any LoginStore

    /// Opens a store that keeps accounts, grants and a key ring.
    func openBrokerStore() async throws -> any BrokerStore {
        guard let store = try await open() as? any BrokerStore else {
            throw Observation("the fixture says that its stores keep accounts, and opens one that is no BrokerStore")
        }
        return store
    }

    /// Within which time a whole check has to be over: a store that hangs must not hang the tests of its author.
    var ruleLimit: Duration { callLimit * 10 }
}
