public import LoopbackServer

extension FakeUpstream {
    /// A named fault of an upstream.
    public struct Fault: Sendable, CustomStringConvertible {
        /// Where the fault occurs.
        public enum Kind: Sendable {
            /// Before a request can be received.
            case handshake(HandshakeFault)
            /// In answer to a request.
            case answer(ServerScript)
        }

        /// The name, which a parameterized test also shows.
        public let description: String

        /// Where the fault occurs, and how.
        public let kind: Kind

        /// Creates a fault of the handshake.
        public init(_ name: String, handshake: HandshakeFault) {
            self.description = name
            self.kind = .handshake(handshake)
        }

        /// Creates a fault of the answer.
        public init(_ name: String, answer: ServerScript) {
            self.description = name
            self.kind = .answer(answer)
        }

        /// Whether only the client's own deadline ends the exchange.
        public var hangs: Bool {
            switch kind {
            case .handshake(let fault): fault == .hang
            case .answer(let script): script.hangs
            }
        }
    }
}
