import Logging
import ServiceLifecycle

/// Logs counted events once a second, so that a flood costs one line a second instead of one per event.
struct PeriodicReport: Service {
    private let report: @Sendable () -> Void

    /// - Parameter report: Logs what was counted since the last call, if anything.
    init(_ report: @escaping @Sendable () -> Void) {
        self.report = report
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            repeat { report() } while (try? await Task.sleep(for: .seconds(1))) != nil
        }
        report()
    }
}
