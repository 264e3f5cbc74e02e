import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// An HTTP/1.1 server on loopback that answers by script, however a test or a developer wants an upstream to behave or
/// misbehave.
///
/// It runs from ``start(_:handler:)`` until ``stop()``; ``withServer(_:handler:_:)`` does both.
public final class LoopbackServer: Sendable {
    /// Decides what to do with a request. It runs in the request's own task, and may wait.
    public typealias Handler = @Sendable (ReceivedRequest) async -> ServerScript

    /// The port it listens on.
    public let port: Int

    private let traffic: Monitor<Traffic>
    private let group: MultiThreadedEventLoopGroup
    private let serving: Task<Void, Never>
    private let stopping = NIOLockedValueBox<Task<Void, Never>?>(nil)

    private init(
        port: Int, traffic: Monitor<Traffic>, group: MultiThreadedEventLoopGroup, serving: Task<Void, Never>
    ) {
        self.port = port
        self.traffic = traffic
        self.group = group
        self.serving = serving
    }

    /// Starts a server. The caller must stop it.
    ///
    /// - Throws: the system's error if the port cannot be bound, or an error for invalid TLS settings.
    public static func start(
        _ configuration: Configuration, handler: @escaping Handler
    ) async throws -> LoopbackServer {
        let traffic = Monitor(Traffic(keptRequests: configuration.keptRequests))
        let (connections, accepted) = AsyncStream.makeStream(of: Connection.self)
        let listener = try Listener(configuration: configuration, traffic: traffic) { accepted.yield($0) }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let port: Int
        do {
            port = try await listener.listen(on: group)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        let serving = Task {
            await withDiscardingTaskGroup { tasks in
                for await connection in connections {
                    tasks.addTask {
                        await connection.serve(with: handler)
                        traffic.withState { $0.close() }
                    }
                }
            }
        }
        return LoopbackServer(port: port, traffic: traffic, group: group, serving: serving)
    }

    /// Starts a server, runs `body` with it and stops it, whatever `body` does.
    public static func withServer<Result>(
        _ configuration: Configuration,
        handler: @escaping Handler,
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let server = try await start(configuration, handler: handler)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Stops listening, aborts every connection and returns when all of them are gone. A second call waits as well.
    public func stop() async {
        let stopping = stopping.withLockedValue { stopping in
            let task = stopping ?? Task { await tearDown() }
            stopping = task
            return task
        }
        await stopping.value
    }

    private func tearDown() async {
        serving.cancel()
        await serving.value
        // Closes the rest: the listening sockets, and connections that are not served.
        try? await group.shutdownGracefully()
        traffic.close(throwing: LoopbackServerError.stopped)
    }
}

extension LoopbackServer {
    /// The requests received so far, in order of completion: all, or the latest that are kept.
    public var requests: [ReceivedRequest] {
        traffic.snapshot.requests
    }

    /// How many connections were accepted so far.
    public var connectionCount: Int {
        traffic.snapshot.acceptedConnections
    }

    /// Suspends until at least `count` requests were received, and returns those that are kept.
    ///
    /// - Throws: ``LoopbackServerError/stopped``, or `CancellationError` when the task is cancelled.
    @discardableResult
    public func waitForRequests(_ count: Int) async throws -> [ReceivedRequest] {
        try await traffic.wait { $0.requestCount >= count ? $0.requests : nil }
    }

    /// Suspends until at least `count` connections were accepted.
    ///
    /// - Throws: ``LoopbackServerError/stopped``, or `CancellationError` when the task is cancelled.
    public func waitForConnections(_ count: Int) async throws {
        try await traffic.wait { $0.acceptedConnections >= count ? () : nil }
    }

    /// Suspends until at least `count` connections were closed, by either side, and their scripts abandoned.
    ///
    /// - Throws: ``LoopbackServerError/stopped``, or `CancellationError` when the task is cancelled.
    public func waitForClosedConnections(_ count: Int) async throws {
        try await traffic.wait { $0.closedConnections >= count ? () : nil }
    }

    /// How a server listens and responds.
    public struct Configuration: Sendable {
        /// TLS settings, or nil for plain HTTP.
        public var tls: TLSSettings?

        /// The port; 0 lets the kernel choose.
        public var port: Int

        /// Whether it listens on `::1` as well as on `127.0.0.1`, on the same port.
        public var listensOnIPv6: Bool

        /// Whether `Expect: 100-continue` is answered with `100 Continue` (RFC 9110 §10.1.1), as it should be.
        public var sendsContinue: Bool

        /// How many of the latest requests are kept for inspection; by default all of them.
        public var keptRequests: Int

        /// What to do with a connection, by its number; the first one accepted is 1.
        public var behavior: @Sendable (Int) -> ConnectionBehavior

        /// Makes a configuration that serves every connection.
        public init(
            tls: TLSSettings?,
            port: Int = 0,
            listensOnIPv6: Bool = false,
            sendsContinue: Bool = true,
            keptRequests: Int = .max,
            behavior: @escaping @Sendable (Int) -> ConnectionBehavior = { _ in .serve }
        ) {
            self.tls = tls
            self.port = port
            self.listensOnIPv6 = listensOnIPv6
            self.sendsContinue = sendsContinue
            self.keptRequests = keptRequests
            self.behavior = behavior
        }
    }
}

/// Why a wait for the server's traffic failed.
public enum LoopbackServerError: Error, Sendable, Hashable {
    /// The server stopped before the awaited event.
    case stopped
}

/// What a server has seen so far.
struct Traffic: Sendable {
    private(set) var requests: [ReceivedRequest] = []
    private(set) var requestCount = 0
    private(set) var acceptedConnections = 0
    private(set) var closedConnections = 0
    private let keptRequests: Int

    init(keptRequests: Int) {
        self.keptRequests = keptRequests
    }

    /// Counts a connection and returns its number.
    mutating func accept() -> Int {
        acceptedConnections += 1
        return acceptedConnections
    }

    mutating func close() {
        closedConnections += 1
    }

    mutating func record(_ request: ReceivedRequest) {
        requestCount += 1
        requests.append(request)
        if requests.count > keptRequests { requests.removeFirst() }
    }
}
