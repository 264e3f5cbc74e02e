import Foundation
package import LoopbackServer
import NIOConcurrencyHelpers

/// Where a sandbox listens.
package struct SandboxSite: Sendable {
    /// The base URL of what the broker fetches: `https://localhost:PORT`.
    package let base: String
    /// The base URL of what a person's browser opens: `http://127.0.0.1:PORT`.
    package let pages: String

    /// Names the two addresses.
    package init(base: String, pages: String) {
        self.base = base
        self.pages = pages
    }
}

/// The servers of a sandbox around its state, which is a value that is given each request.
///
/// What the broker fetches is TLS on localhost, with a certificate from an authority that exists only in memory, for a day at
/// most. What a person's browser opens is HTTP on 127.0.0.1.
package struct SandboxUpstream<State: Sendable>: Sendable {
    /// Where it listens.
    package let site: SandboxSite
    /// The certificate authority to trust, as PEM.
    package let caCertificatePEM: String
    private let state: NIOLockedValueBox<State?>
    private let servers: [LoopbackServer]

    /// Starts the servers. The caller must call ``stop()``.
    ///
    /// - Parameters:
    ///   - port: The port for the broker; 0 picks a free one.
    ///   - answer: Answers what the broker, or a developer with curl, asks over TLS.
    ///   - answerBrowser: Answers what a person's browser opens.
    ///   - makeState: Makes the state for the addresses.
    /// - Throws: The system's error, such as for a port that is in use.
    package static func start(
        port: Int,
        answer: @escaping @Sendable (inout State, ReceivedRequest) throws -> ServerScript,
        answerBrowser: @escaping @Sendable (inout State, ReceivedRequest) throws -> ServerScript,
        makeState: (SandboxSite) throws -> State
    ) async throws -> SandboxUpstream {
        let authority = try EphemeralCertificateAuthority()
        let certificate = try authority.issueServerCertificate(
            dnsNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"])
        let state = NIOLockedValueBox<State?>(nil)
        let upstream = try await LoopbackServer.start(
            LoopbackServer.Configuration(tls: TLSSettings(certificate: certificate), port: port, keptRequests: 1_000)
        ) { request in
            respond(to: request, from: state, with: answer)
        }
        do {
            let pages = try await LoopbackServer.start(LoopbackServer.Configuration(tls: nil, keptRequests: 1_000)) {
                request in
                respond(to: request, from: state, with: answerBrowser)
            }
            let site = SandboxSite(
                base: "https://localhost:\(upstream.port)", pages: "http://127.0.0.1:\(pages.port)")
            do {
                let made = try makeState(site)
                state.withLockedValue { $0 = made }
                return SandboxUpstream(
                    site: site, caCertificatePEM: try authority.certificatePEM, state: state,
                    servers: [upstream, pages])
            } catch {
                await pages.stop()
                throw error
            }
        } catch {
            await upstream.stop()
            throw error
        }
    }

    /// Uses the state.
    package func withState<Value>(_ body: (inout State) throws -> Value) throws -> Value {
        try state.withLockedValue { state in
            guard var current = state.take() else { throw NotStarted() }
            defer { state = current }
            return try body(&current)
        }
    }

    /// Stops them and frees their ports.
    package func stop() async {
        for server in servers { await server.stop() }
    }

    /// A request that comes before there is a state, and one that cannot be answered, gets 500 and the reason.
    private static func respond(
        to request: ReceivedRequest,
        from state: NIOLockedValueBox<State?>,
        with answer: (inout State, ReceivedRequest) throws -> ServerScript
    ) -> ServerScript {
        state.withLockedValue { state in
            guard var current = state.take() else { return failure("The sandbox has not started yet.") }
            defer { state = current }
            return respond(to: request, in: &current, with: answer)
        }
    }

    static func respond(
        to request: ReceivedRequest,
        in state: inout State,
        with answer: (inout State, ReceivedRequest) throws -> ServerScript
    ) -> ServerScript {
        do {
            return try answer(&state, request)
        } catch {
            return failure("The sandbox failed: \(error)")
        }
    }

    private static func failure(_ text: String) -> ServerScript {
        .respond(
            status: 500, headers: [HeaderField("Content-Type", "text/plain; charset=utf-8")],
            body: Array("\(text)\n".utf8))
    }

    private struct NotStarted: Error {}
}

extension ReceivedRequest {
    /// The target up to its query.
    package var path: String { String(decoding: target.utf8.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self) }

    /// The query of the target, not decoded; empty if it has none.
    package var query: String {
        String(decoding: target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst(), as: UTF8.self)
    }

    /// Whether its content is a form (`application/x-www-form-urlencoded`).
    package var isForm: Bool {
        let type = values(of: "Content-Type").first?.prefix { $0 != ";" }.lowercased()
        return type == "application/x-www-form-urlencoded"
    }
}
