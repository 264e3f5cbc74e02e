import IdentityBroker

/// One storage, as a rule sees it.
struct StoreBench: Sendable {
    let timeResolution: Duration
    let callLimit: Duration
    /// Opens a store on the storage; a new one at each call, if the storage is shared.
    let open: @Sendable () async throws -> any BrokerStore

    /// Opens this many stores on the storage.
    func openStores(_ count: Int) async throws -> [any BrokerStore] {
        var stores: [any BrokerStore] = []
        for _ in 0..<count { stores.append(try await open()) }
        return stores
    }

    /// The time within which a whole check must finish: a store that hangs must not hang its author's tests.
    var ruleLimit: Duration { callLimit * 10 }
}
