import Foundation
public import LoopbackServer
import NIOConcurrencyHelpers

/// A GenAuth on loopback, including the mini program and its users, for development and tests.
///
/// It implements the documented exchange, `POST /oauth/app2wxapp/auth/{userPoolId}`, over TLS. The certificate, for
/// `localhost`, `127.0.0.1` and `::1`, is from an authority that exists only in memory, for a day at most. Requests,
/// tickets, records and tokens are as the vendor documents them. **The live endpoint's answer to an unknown, used or
/// expired ticket is not documented**: the sandbox answers with the closest codes of the vendor's table, and its
/// tickets can be redeemed once.
///
/// A developer can play the user, with a browser or curl, at a path of the sandbox's own: `GET
/// /sandbox/authorize?userPoolId=…&getPhone=1&fromApp=1`, with `&user=` an id or a user name and `&decision=refuse` if
/// wanted; the answer is the query string that the mini program would return to the app.
///
/// It runs from ``start(_:)`` until ``stop()``; ``withSandbox(_:_:)`` does both.
public final class GenAuthSandbox: Sendable {
    /// The configuration, including any generated secret.
    public let configuration: Configuration

    /// The base URL without a path: `https://localhost:PORT`.
    public let baseURL: String

    /// The certificate authority to trust, as PEM.
    public let caCertificatePEM: String

    private let server: LoopbackServer
    private let state: NIOLockedValueBox<SandboxState>

    private init(
        configuration: Configuration, caCertificatePEM: String, server: LoopbackServer,
        state: NIOLockedValueBox<SandboxState>
    ) {
        self.configuration = configuration
        self.baseURL = "https://localhost:\(server.port)"
        self.caCertificatePEM = caCertificatePEM
        self.server = server
        self.state = state
    }

    /// Starts a sandbox. The caller must call ``stop()``.
    ///
    /// - Throws: The system's error if the port cannot be bound.
    public static func start(_ configuration: Configuration = Configuration()) async throws -> GenAuthSandbox {
        let authority = try EphemeralCertificateAuthority()
        let certificate = try authority.issueServerCertificate(
            dnsNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"])
        let state = NIOLockedValueBox(SandboxState(configuration))
        let server = try await LoopbackServer.start(
            LoopbackServer.Configuration(
                tls: TLSSettings(certificate: certificate),
                port: configuration.port,
                listensOnIPv6: configuration.listensOnIPv6,
                keptRequests: 1_000
            )
        ) { request in
            let answer = try? state.withLockedValue { try $0.answer(request, at: configuration.now()) }
            return answer ?? .respond(status: 500)
        }
        return GenAuthSandbox(
            configuration: configuration, caCertificatePEM: try authority.certificatePEM, server: server, state: state)
    }

    /// Starts a sandbox, runs `body` with it and stops it, whatever `body` does.
    public static func withSandbox<Result>(
        _ configuration: Configuration = Configuration(), _ body: (GenAuthSandbox) async throws -> Result
    ) async throws -> Result {
        let sandbox = try await start(configuration)
        do {
            let result = try await body(sandbox)
            await sandbox.stop()
            return result
        } catch {
            await sandbox.stop()
            throw error
        }
    }

    /// Closes every connection, frees the port and returns when that is done. A second call waits as well.
    public func stop() async {
        await server.stop()
    }

    /// The port it listens on.
    public var port: Int {
        server.port
    }

    /// Writes the certificate authority to trust to a file, as PEM.
    ///
    /// - Throws: The system's error if the file cannot be written.
    public func writeCACertificate(to path: String) throws {
        try Data(caCertificatePEM.utf8).write(to: URL(filePath: path))
    }
}

extension GenAuthSandbox {
    /// Plays the mini program and its user: takes a launch path and returns the query string for the app.
    ///
    /// - Parameters:
    ///   - launchPath: The path that the mini program is launched with, such as
    ///     `/routes/explore?userPoolId=…&fromApp=1`, or its query alone. With `getPhone=1` the record contains the
    ///     phone number.
    ///   - user: Who signs in; a new user is added to the sandbox.
    ///   - decision: Whether the user grants the app access to the profile.
    ///   - percentEncoded: Whether the message is percent-encoded; the vendor's mini program returns it unencoded.
    /// - Returns: `code=200&message=…&ticket=…`, or another code and no ticket.
    public func authorize(
        _ launchPath: String, as user: SandboxUser = .johnDoe, decision: AuthorizationDecision = .agree,
        percentEncoded: Bool = false
    ) throws -> String {
        try state.withLockedValue { state in
            try state.authorize(LaunchQuery(launchPath), as: user, decision: decision, at: configuration.now())
        }.text(percentEncoded: percentEncoded)
    }

    /// Mints a ticket as if the user had just granted the app access to the profile.
    ///
    /// - Parameters:
    ///   - user: Whose ticket it is; a new user is added to the sandbox.
    ///   - isPhoneGranted: Whether the record contains the phone number.
    public func mintTicket(for user: SandboxUser = .johnDoe, isPhoneGranted: Bool = false) throws -> String {
        try state.withLockedValue {
            try $0.mint(for: user, isPhoneGranted: isPhoneGranted, at: configuration.now())
        }
    }

    /// Mints a ticket whose exchange always fails as scripted.
    public func mintTicket(
        for user: SandboxUser = .johnDoe, failing script: ServerScript, _ moment: FaultMoment = .beforeRedemption
    ) throws -> String {
        try state.withLockedValue {
            try $0.mint(
                for: user, isPhoneGranted: false, fault: SandboxFault(script: script, moment: moment),
                at: configuration.now())
        }
    }

    /// Makes the next exchange fail as scripted; each further call adds the one after.
    public func failNext(_ script: ServerScript, _ moment: FaultMoment = .beforeRedemption) {
        state.withLockedValue { $0.nextFaults.append(SandboxFault(script: script, moment: moment)) }
    }

    /// Updates a user, or adds a new one.
    public func update(_ user: SandboxUser) {
        state.withLockedValue { $0.users[user.id] = user }
    }

    /// The number of tickets redeemed, whether or not the answer arrived.
    public var redemptionCount: Int {
        state.withLockedValue { $0.book.redemptions }
    }

    /// The latest thousand requests, in the order in which they were complete.
    public var requests: [ReceivedRequest] {
        server.requests
    }

    /// Suspends until at least `count` requests were received, and returns the latest thousand.
    ///
    /// - Throws: `LoopbackServerError.stopped`, or `CancellationError` when the task is cancelled.
    @discardableResult
    public func waitForRequests(_ count: Int) async throws -> [ReceivedRequest] {
        try await server.waitForRequests(count)
    }
}
