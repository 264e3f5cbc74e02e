public import LoopbackServer

extension FakeUpstream {
    /// Something that goes wrong with an upstream, under a name.
    public struct Fault: Sendable, CustomStringConvertible {
        /// Where it goes wrong.
        public enum Kind: Sendable {
            /// Before a request can be received.
            case handshake(HandshakeFault)
            /// In answer to a request.
            case answer(ServerScript)
        }

        /// The name, which is also what a parameterised test shows.
        public let description: String

        /// Where it goes wrong, and how.
        public let kind: Kind

        /// Makes a fault of the handshake.
        public init(_ name: String, handshake: HandshakeFault) {
            self.description = name
            self.kind = .handshake(handshake)
        }

        /// Makes a fault of the answer.
        public init(_ name: String, answer: ServerScript) {
            self.description = name
            self.kind = .answer(answer)
        }

        /// Whether nothing but a deadline of the client's own ends the exchange.
        public var hangs: Bool {
            switch kind {
            case .handshake(let fault): fault == .hang
            case .answer(let script): script.hangs
            }
        }
    }
}
