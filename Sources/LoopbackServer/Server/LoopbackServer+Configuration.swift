extension LoopbackServer {
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
