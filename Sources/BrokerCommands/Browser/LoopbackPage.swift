import BrokerServer
import BrokerService
import BrokerServing
import Hummingbird
import IdentityBroker
import Logging

/// A server for a browser on this machine, which ends with the command.
struct LoopbackPage: Sendable {
    static let host = "127.0.0.1"

    let logger: Logger
    let respond: @Sendable (Request) async -> Response

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - port: The port; 0 for any free one.
    ///   - end: Where the server's end is registered, which waits until the browser has its page.
    ///   - onServing: Called with the port before the first request.
    ///   - onEnd: Called with the reason, if any, once it has ended.
    /// - Returns: The port.
    /// - Throws: ``BrokerError`` if the port is taken, for example.
    func listen(
        on port: Int,
        endingWith end: OrderlyEnd,
        onServing: @escaping @Sendable (Int) -> Void = { _ in },
        onEnd: @escaping @Sendable (BrokerError?) -> Void = { _ in }
    ) async throws(BrokerError) -> Int {
        let server = PageServer(
            at: ServingAddress(host: Self.host, port: port), logger: logger, respond: respond)
        let (ports, stops) = (AsyncStream.makeStream(of: Int.self), AsyncStream.makeStream(of: Void.self))
        let failure = Locked<BrokerError?>(nil)
        let serving = Task {
            do {
                try await server.run(untilAfter: { for await _ in stops.stream { return } }) { port in
                    onServing(port)
                    ports.continuation.yield(port)
                }
            } catch {
                failure.withLock { $0 = BrokerError(stopping: error) }
            }
            ports.continuation.finish()
            onEnd(failure.withLock { $0 })
        }
        end.add("the page for the browser") {
            stops.continuation.yield()
            await serving.value
        }
        for await port in ports.stream { return port }
        throw failure.withLock { $0 } ?? BrokerError(.cancelled, "Interrupted before anyone signed in.")
    }
}
