import Logging
import ServiceLifecycle

/// A server that ends in time: once it is shut down, it accepts no more connections, pending requests get a limited
/// time to finish, and the rest is cut off.
struct BoundedServer: Service {
    let server: any Service
    let guards: RequestGuards
    let patience: Duration
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await server.run()
                return true
            }
            group.addTask {
                // It throws if the server ends by itself.
                guard (try? await gracefulShutdown()) != nil else { return true }
                try? await Task.sleep(for: patience)
                return false
            }
            let hasEnded = try await group.next() ?? true
            let requests = guards.pendingRequests
            if !hasEnded, requests > 0 {
                logger.warning("requests were cut off", metadata: ["broker.requests": "\(requests)"])
            }
            group.cancelAll()
        }
    }
}
