import IdentityBroker

/// Logins at the failing provider, started at a steady rate regardless of earlier ones.
struct Disturbance: Sendable {
    private let broker: Broker
    private let interval: Duration

    init(_ broker: Broker, rate: Int) {
        self.broker = broker
        interval = .seconds(1) / rate
    }

    /// Runs until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            var due = ContinuousClock.now
            var number: UInt64 = 0
            while (try? await Task.sleep(until: due, clock: .continuous)) != nil {
                group.addTask { [number] in _ = await broker.loginSucceeds(WXApp.sick, ticket: number) }
                number += 1
                due += interval
            }
            group.cancelAll()
        }
    }
}
