public import Foundation

extension GenAuthSandbox {
    /// How the sandbox behaves.
    public struct Configuration: Sendable {
        /// The id of the only user pool.
        public var userPoolId: String

        /// Whether the exchange requires the user pool's secret, as GenAuth's does by default; if not, the ticket alone
        /// is enough.
        public var requiresSecret: Bool

        /// The user pool's secret.
        public var secret: String

        /// The key that signs the tokens in the records (HS256).
        public var tokenKey: String

        /// How long a ticket can be redeemed.
        public var ticketLifetime: Duration

        /// How the record is wrapped.
        public var envelope: EnvelopeShape

        /// The initial users; the first one signs in if no user is named.
        public var users: [SandboxUser]

        /// The port; 0 lets the kernel choose.
        public var port: Int

        /// Whether it listens on `::1` as well as on `127.0.0.1`.
        public var listensOnIPv6: Bool

        /// The wall clock for tickets and records. Certificates use the system's.
        public var now: @Sendable () -> Date

        /// Returns the given number of random bytes.
        public var randomBytes: @Sendable (Int) -> [UInt8]

        /// Creates a configuration with GenAuth's own defaults; secrets that are not given are random.
        public init(
            userPoolId: String = "5e4cdd055df3df65dc58b97d",
            requiresSecret: Bool = true,
            secret: String? = nil,
            tokenKey: String? = nil,
            ticketLifetime: Duration = .seconds(120),
            envelope: EnvelopeShape = .object,
            users: [SandboxUser] = SandboxUser.samples,
            port: Int = 0,
            listensOnIPv6: Bool = false,
            now: @escaping @Sendable () -> Date = { Date() },
            randomBytes: @escaping @Sendable (Int) -> [UInt8] = { count in
                (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
            }
        ) {
            self.userPoolId = userPoolId
            self.requiresSecret = requiresSecret
            self.secret = secret ?? Hexadecimal.text(randomBytes(16))
            self.tokenKey = tokenKey ?? Hexadecimal.text(randomBytes(16))
            self.ticketLifetime = ticketLifetime
            self.envelope = envelope
            self.users = users
            self.port = port
            self.listensOnIPv6 = listensOnIPv6
            self.now = now
            self.randomBytes = randomBytes
        }
    }
}

/// When an exchange fails, which decides what happens to the ticket.
public enum FaultMoment: Sendable, Hashable {
    /// Before the ticket is examined; it stays valid.
    case beforeRedemption

    /// After the ticket is redeemed, while the answer is on its way; a valid ticket is spent.
    case afterRedemption
}
