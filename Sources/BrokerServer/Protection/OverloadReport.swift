import Logging
import ServiceLifecycle

/// Says in the log how many requests were turned away before they got a line of their own.
struct OverloadReport: Service {
    let overload: Overload
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown {
            repeat { report() } while (try? await Task.sleep(for: .seconds(1))) != nil
        }
        report()
    }

    private func report() {
        let count = overload.takeCount()
        guard count > 0 else { return }
        logger.warning("requests were turned away", metadata: ["broker.requests": "\(count)"])
    }
}
