public import LoopbackServer
import NIOConcurrencyHelpers

/// An upstream on loopback that does what a test scripts, and records its requests.
///
/// It answers each request with the next script in its queue, and with its initial script once the queue is empty. The
/// caller must stop it; ``withUpstream(isPlain:answer:_:)`` does both.
public final class FakeUpstream: Sendable {
    /// The base URL without a path: `https://localhost:PORT`, or `http:` for a plain one.
    public let baseURL: String

    /// The certificate authority to trust, as PEM.
    public let caCertificatePEM: String

    /// The path of a PEM file with the certificate authority to trust; ``stop()`` removes it.
    public let caFile: String

    /// The server behind it.
    public let server: LoopbackServer

    private let plan: NIOLockedValueBox<UpstreamPlan>
    private let directory: TemporaryDirectory

    private init(
        scheme: String, caCertificatePEM: String, caFile: String, server: LoopbackServer,
        plan: NIOLockedValueBox<UpstreamPlan>, directory: TemporaryDirectory
    ) {
        self.baseURL = "\(scheme)://localhost:\(server.port)"
        self.caCertificatePEM = caCertificatePEM
        self.caFile = caFile
        self.server = server
        self.plan = plan
        self.directory = directory
    }

    /// Starts an upstream.
    ///
    /// - Parameters:
    ///   - isPlain: whether it speaks HTTP without TLS. There is then no handshake: queue no handshake faults.
    ///   - hasOwnAuthority: whether it has its own certificate authority, so that clients of the process's other
    ///     upstreams do not trust it.
    ///   - answer: decides what happens when nothing is queued; by default a response with status 500.
    /// - Throws: the system's error if there is no port or no space for the file.
    public static func start(
        isPlain: Bool = false,
        hasOwnAuthority: Bool = false,
        answer: @escaping LoopbackServer.Handler = { _ in .respond(status: 500) }
    ) async throws -> FakeUpstream {
        try await start(
            isPlain: isPlain, hasOwnAuthority: hasOwnAuthority, lastingHandshakeFault: nil, answer: answer)
    }

    /// Starts an upstream that shows this fault on every connection, or for every request.
    ///
    /// - Throws: the system's error if there is no port or no space for the file.
    public static func start(_ fault: Fault) async throws -> FakeUpstream {
        switch fault.kind {
        case .handshake(let handshake):
            try await start(isPlain: false, lastingHandshakeFault: handshake, answer: { _ in .respond(status: 500) })
        case .answer(let script):
            try await start(isPlain: false, lastingHandshakeFault: nil, answer: { _ in script })
        }
    }

    /// Starts an upstream, runs `body` with it and stops it, whatever `body` does.
    public static func withUpstream<Result>(
        isPlain: Bool = false,
        hasOwnAuthority: Bool = false,
        answer: @escaping LoopbackServer.Handler = { _ in .respond(status: 500) },
        _ body: (FakeUpstream) async throws -> Result
    ) async throws -> Result {
        try await start(isPlain: isPlain, hasOwnAuthority: hasOwnAuthority, answer: answer).stopped(after: body)
    }

    /// Starts an upstream that shows this fault, runs `body` with it and stops it, whatever `body` does.
    public static func withUpstream<Result>(
        _ fault: Fault, _ body: (FakeUpstream) async throws -> Result
    ) async throws -> Result {
        try await start(fault).stopped(after: body)
    }

    /// Queues scripts, each for one request.
    public func enqueue(_ scripts: ServerScript...) {
        plan.withLockedValue { plan in scripts.forEach { plan.append($0) } }
    }

    /// Queues a fault: for one connection if it is a handshake fault, else for one request.
    public func enqueue(_ fault: Fault) {
        plan.withLockedValue { plan in
            switch fault.kind {
            case .handshake(let handshake): plan.append(handshake)
            case .answer(let script): plan.append(script)
            }
        }
    }

    /// The requests received so far, in the order in which they were completed.
    public var requests: [ReceivedRequest] {
        server.requests
    }

    /// Suspends until at least `count` requests were received, and returns all of them.
    ///
    /// - Throws: `LoopbackServerError.stopped`, or `CancellationError` when the task is cancelled.
    @discardableResult
    public func waitForRequests(_ count: Int) async throws -> [ReceivedRequest] {
        try await server.waitForRequests(count)
    }

    /// Aborts every connection, frees the port and removes the CA file. A second call does nothing.
    public func stop() async {
        await server.stop()
        directory.remove()
    }

    private static func start(
        isPlain: Bool,
        hasOwnAuthority: Bool = false,
        lastingHandshakeFault: HandshakeFault?,
        answer: @escaping LoopbackServer.Handler
    ) async throws -> FakeUpstream {
        let certificates = try hasOwnAuthority ? UpstreamCertificates() : UpstreamCertificates.shared.get()
        let plan = NIOLockedValueBox(UpstreamPlan(lastingHandshakeFault: lastingHandshakeFault))
        let configuration = LoopbackServer.Configuration(
            tls: isPlain ? nil : TLSSettings(certificate: certificates.trusted)
        ) { _ in
            plan.withLockedValue { $0.nextHandshakeFault() }.map(certificates.behavior) ?? .serve
        }
        let directory = try TemporaryDirectory()
        do {
            let caFile = try directory.write(certificates.certificatePEM, to: "ca.pem")
            let server = try await LoopbackServer.start(configuration) { request in
                if let script = plan.withLockedValue({ $0.nextScript() }) { return script }
                return await answer(request)
            }
            return FakeUpstream(
                scheme: isPlain ? "http" : "https", caCertificatePEM: certificates.certificatePEM, caFile: caFile,
                server: server, plan: plan, directory: directory)
        } catch {
            directory.remove()
            throw error
        }
    }

    private func stopped<Result>(after body: (FakeUpstream) async throws -> Result) async throws -> Result {
        do {
            let result = try await body(self)
            await stop()
            return result
        } catch {
            await stop()
            throw error
        }
    }
}

/// What a fake upstream will do: first what was queued, then always the same.
struct UpstreamPlan: Sendable {
    private var scripts: [ServerScript] = []
    private var handshakeFaults: [HandshakeFault] = []
    private let lastingHandshakeFault: HandshakeFault?

    init(lastingHandshakeFault: HandshakeFault?) {
        self.lastingHandshakeFault = lastingHandshakeFault
    }

    mutating func append(_ script: ServerScript) {
        scripts.append(script)
    }

    mutating func append(_ fault: HandshakeFault) {
        handshakeFaults.append(fault)
    }

    mutating func nextScript() -> ServerScript? {
        scripts.isEmpty ? nil : scripts.removeFirst()
    }

    mutating func nextHandshakeFault() -> HandshakeFault? {
        handshakeFaults.isEmpty ? lastingHandshakeFault : handshakeFaults.removeFirst()
    }
}
