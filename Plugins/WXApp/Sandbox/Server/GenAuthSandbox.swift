import NIOConcurrencyHelpers
public import LoopbackServer

import Foundation

/// A GenAuth on loopback, with the mini program and its users inside, for development and for tests.
///
/// It speaks the documented exchange, `POST /oauth/app2wxapp/auth/{userPoolId}`, over TLS with a certificate for
/// `localhost`, `127.0.0.1` and `::1` of an authority that lives in memory for a day at most. What the vendor documents
/// of requests, tickets, records and tokens is kept to. **What the live endpoint answers to an unknown, used or expired
/// ticket is documented nowhere**: the sandbox answers with the nearest codes of the vendor's table, and its tickets
/// can be redeemed once.
///
/// A developer with a browser or curl plays the user at a path of the sandbox's own:
/// `GET /sandbox/authorize?userPoolId=…&getPhone=1&fromApp=1`, with `&user=` an id or a user name and
/// `&decision=refuse` if wanted; the answer is the query string that the mini program would return to the app.
///
/// It runs from ``start(_:)`` until ``stop()``; ``withSandbox(_:_:)`` does both.
public final class GenAuthSandbox: Sendable {
    /// How it was set up; the secret made up for it is in here.
    public let configuration: Configuration

    /// The base URL without a path: `https://localhost:PORT`.
    public let baseURL: String

    /// The certificate authority that is to be trusted, as PEM.
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

    /// Starts a sandbox. Whoever starts one has to stop it.
    ///
    /// - Throws: what the system says when the port can't be bound.
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

    /// Breaks every connection off, frees the port and returns when all of it is gone. A second call waits as well.
    public func stop() async {
        await server.stop()
    }

    /// The port it listens on.
    public var port: Int {
        server.port
    }

    /// Writes the certificate authority that is to be trusted to a file, as PEM.
    ///
    /// - Throws: what the system says when the file can't be written.
    public func writeCACertificate(to path: String) throws {
        try Data(caCertificatePEM.utf8).write(to: URL(filePath: path))
    }
}

extension GenAuthSandbox {
    /// Plays the mini program and its user: takes a launch path and returns the query string for the app.
    ///
    /// - Parameters:
    ///   - launchPath: the path the mini program is launched with, such as `/routes/explore?userPoolId=…&fromApp=1`, or
    ///     its query alone. With `getPhone=1` the record will have the phone number.
    ///   - user: who signs in; somebody new becomes known to the sandbox.
    ///   - decision: whether the user lets the app have the profile.
    ///   - percentEncoded: whether the message is percent-encoded; the vendor's mini program returns it as it is.
    /// - Returns: `code=200&message=…&ticket=…`, or a code that is not 200 and no ticket.
    public func authorise(
        _ launchPath: String, as user: SandboxUser = .johnDoe, decision: AuthorizationDecision = .agree,
        percentEncoded: Bool = false
    ) throws -> String {
        try state.withLockedValue { state in
            try state.authorise(LaunchQuery(launchPath), as: user, decision: decision, at: configuration.now())
        }.text(percentEncoded: percentEncoded)
    }

    /// Mints a ticket as if the user had just let the app have the profile.
    ///
    /// - Parameters:
    ///   - user: whom it is for; somebody new becomes known to the sandbox.
    ///   - isPhoneGranted: whether the record will have the phone number.
    public func mintTicket(for user: SandboxUser = .johnDoe, isPhoneGranted: Bool = false) throws -> String {
        try state.withLockedValue {
            try $0.mint(for: user, isPhoneGranted: isPhoneGranted, at: configuration.now())
        }
    }

    /// Mints a ticket with which the exchange goes wrong, each time.
    public func mintTicket(
        for user: SandboxUser = .johnDoe, failing script: ServerScript, _ moment: FaultMoment = .beforeRedemption
    ) throws -> String {
        try state.withLockedValue {
            try $0.mint(
                for: user, isPhoneGranted: false, fault: SandboxFault(script: script, moment: moment),
                at: configuration.now())
        }
    }

    /// Makes the next exchange go wrong; called again, the one after that as well.
    public func failNext(_ script: ServerScript, _ moment: FaultMoment = .beforeRedemption) {
        state.withLockedValue { $0.nextFaults.append(SandboxFault(script: script, moment: moment)) }
    }

    /// Changes what the sandbox knows of a user, or makes one known.
    public func update(_ user: SandboxUser) {
        state.withLockedValue { $0.users[user.id] = user }
    }

    /// How many tickets were redeemed, whether or not the answer arrived.
    public var redemptionCount: Int {
        state.withLockedValue { $0.book.redemptions }
    }

    /// The latest thousand requests, in the order they were complete.
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
