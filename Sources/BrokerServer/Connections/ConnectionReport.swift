import Logging
import ServiceLifecycle

/// Says in the log how many connections met a limit, at most once a second.
struct ConnectionReport: Service {
    let listener: ListenerRole
    let governor: ConnectionGovernor
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown {
            repeat { report() } while (try? await Task.sleep(for: .seconds(1))) != nil
        }
        report()
    }

    private func report() {
        let tally = governor.takeTally()
        guard tally != ConnectionGovernor.Tally() else { return }
        logger.warning(
            "connections met a limit",
            metadata: [
                "broker.listener": "\(listener.rawValue)",
                "broker.connections.refused": "\(tally.refused)",
                "broker.connections.replaced": "\(tally.replaced)",
            ]
        )
    }
}
