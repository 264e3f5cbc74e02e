import Logging
import ServiceLifecycle

/// Logs once a second what was only counted, so that a flood costs a line a second and not one for each event.
struct PeriodicReport: Service {
    private let report: @Sendable () -> Void

    /// - Parameter report: Logs what has been counted since it was called last, if anything.
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
