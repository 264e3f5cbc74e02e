import BrokerTesting
import IdentityBroker

/// Gives the kit a naive store, with or without a flaw.
struct FlawedFixture: StoreFixture {
    var flaw: StoreFlaw?

    let isShared = true

    var callLimit: Duration { flaw?.callLimit ?? .seconds(30) }

    var faults: [StoreFault<NaiveStorage>] {
        NaiveStorage.Fault.allCases.map { fault in
            StoreFault(fault.rawValue) { storage in
                storage.state.withLock { $0.fault = fault }
                return { storage.state.withLock { $0.fault = nil } }
            }
        }
    }

    func makeStorage() -> NaiveStorage { NaiveStorage() }

    func open(_ storage: NaiveStorage) async throws -> any BrokerStore {
        guard let flaw else { return NaiveStore(storage: storage) }
        return FlawedStore(sound: try await flaw.open(storage), flaw: flaw)
    }
}
