public import Foundation

extension GenAuthSandbox {
    /// What kind of GenAuth the sandbox is.
    public struct Configuration: Sendable {
        /// The id of the one user pool there is.
        public var userPoolId: String

        /// Whether the exchange takes the user pool's secret, as it does by default at GenAuth; without, the ticket
        /// alone is enough.
        public var requiresSecret: Bool

        /// The user pool's secret.
        public var secret: String

        /// The key that signs the tokens in the records (HS256).
        public var tokenKey: String

        /// For how long a ticket can be redeemed.
        public var ticketLifetime: Duration

        /// What the record comes wrapped in.
        public var envelope: EnvelopeShape

        /// The users there are at the start; the first one is who signs in when nobody is named.
        public var users: [SandboxUser]

        /// The port; 0 lets the kernel choose.
        public var port: Int

        /// Whether it listens on `::1` as well as on `127.0.0.1`.
        public var listensOnIPv6: Bool

        /// The wall clock, for tickets and records. Certificates go by the system's.
        public var now: @Sendable () -> Date

        /// Gives that many random bytes.
        public var randomBytes: @Sendable (Int) -> [UInt8]

        /// Makes a configuration like GenAuth's own defaults; what is secret and not given is made up at random.
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
