public import LoopbackServer

/// The faults that a client of an upstream must survive. One list for everyone who tests such a client.
extension FakeUpstream.Fault {
    private static let startOfRecord = #"{"code":200,"data":{"_id":"5e57"#
    private static let record = #"{"code":200,"data":{"_id":"5e57540f84622ae263294a42"}}"#

    /// A page of HTML with status 200, as a captive portal or a proxy sends.
    public static let html = Self(
        "html",
        answer: .respond(
            headers: [HeaderField("Content-Type", "text/html")],
            body: Array("<!doctype html><title>Welcome</title><p>Please sign in.".utf8)
        )
    )

    /// Status 200 without content.
    public static let empty = Self("empty", answer: .json(""))

    /// JSON that breaks off in the middle, under a true `Content-Length`.
    public static let halfJSON = Self("half JSON", answer: .json(startOfRecord))

    /// Arrays in arrays.
    public static func deepNesting(_ depth: Int) -> Self {
        let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        return Self("nesting \(depth) deep", answer: .json(#"{"code":200,"data":\#(value)}"#))
    }

    /// A JSON string with a byte that is invalid in UTF-8.
    public static let invalidUTF8 = Self(
        "invalid UTF-8",
        answer: .respond(
            headers: [HeaderField("Content-Type", "application/json")],
            body: Array(startOfRecord.utf8) + [0xFF] + Array(#""}}"#.utf8)
        )
    )

    /// A chunked body without end.
    public static let endlessBody = Self("endless body", answer: .endlessBody)

    /// Header fields without end.
    public static let endlessHeaders = Self("endless headers", answer: .endlessHeaders)

    /// A `Content-Length` larger than the body, and a connection closed after the body.
    public static let lyingLength = Self("Content-Length too large", answer: .lyingLength(record, excess: 100))

    /// A `Content-Length` smaller than the body, which therefore ends in the middle of the JSON.
    public static let lyingShortLength = Self("Content-Length too small", answer: .lyingLength(record, excess: -10))

    /// A body that ends with the connection, which ends without a `close_notify`.
    public static let truncated = Self("closed without close_notify", answer: .truncated(startOfRecord))

    /// A redirect to another host.
    public static let redirect = Self("redirect", answer: .redirect(to: "https://elsewhere.invalid/"))

    /// No answer.
    public static let hangBeforeHeaders = Self("hang before headers", answer: .hang)

    /// A header section without a body.
    public static let hangAfterHeaders = Self("hang after headers", answer: .hangAfterHeaders)

    /// Only the start of a body.
    public static let hangInBody = Self("hang in body", answer: .hangInBody(after: startOfRecord))

    /// A header section that does not end.
    public static let unfinishedHeaders = Self("unfinished headers", answer: .unfinishedHeaders)

    /// A TCP reset in answer to the request.
    public static let resetBeforeResponse = Self("reset before response", answer: .reset)

    /// A TCP reset in the middle of the body.
    public static let resetInBody = Self("reset in body", answer: .resetInBody(after: startOfRecord))

    /// A connection closed in an orderly way in answer to the request.
    public static let closeBeforeResponse = Self("close before response", answer: .close)

    /// A banner of another protocol.
    public static let notHTTP = Self("not HTTP", answer: .notHTTP)

    /// A given status, with a JSON body.
    public static func status(_ status: Int, body: String = "", headers: [HeaderField] = []) -> Self {
        Self("status \(status)", answer: .json(body, status: status, headers: headers))
    }

    /// A certificate for another host.
    public static let certificateForAnotherHost = Self(
        "certificate for another host", handshake: .certificateForAnotherHost)

    /// A certificate of an untrusted authority.
    public static let certificateOfAnotherAuthority = Self(
        "certificate of another authority", handshake: .certificateOfAnotherAuthority)

    /// A certificate that has expired.
    public static let expiredCertificate = Self("expired certificate", handshake: .expiredCertificate)

    /// Only TLS 1.1.
    public static let obsoleteTLSVersion = Self("TLS 1.1", handshake: .obsoleteTLSVersion)

    /// A ClientHello without an answer.
    public static let hangInHandshake = Self("hang in handshake", handshake: .hang)

    /// A TCP reset after the ClientHello.
    public static let resetInHandshake = Self("reset in handshake", handshake: .reset)

    /// Every fault; ``status(_:body:headers:)`` is represented by one of a server that is down and one that asks for
    /// patience.
    public static let all: [Self] = [
        html, empty, halfJSON, deepNesting(100_000), invalidUTF8, endlessBody, endlessHeaders, lyingLength,
        lyingShortLength, truncated, redirect, hangBeforeHeaders, hangAfterHeaders, hangInBody, unfinishedHeaders,
        resetBeforeResponse, resetInBody, closeBeforeResponse, notHTTP, status(503),
        status(429, headers: [HeaderField("Retry-After", "7")]),
        certificateForAnotherHost, certificateOfAnotherAuthority, expiredCertificate, obsoleteTLSVersion,
        hangInHandshake, resetInHandshake,
    ]
}

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

/// What goes wrong before the upstream can receive a request.
public enum HandshakeFault: Sendable, Hashable {
    /// The certificate is for another host.
    case certificateForAnotherHost

    /// The certificate was issued by an authority that is not in the CA file.
    case certificateOfAnotherAuthority

    /// The certificate has expired.
    case expiredCertificate

    /// Only TLS 1.1 is offered.
    ///
    /// OpenSSL 3 refuses it by itself at security level 1 and up, because TLS 1.1 signs with SHA-1. To prove that the
    /// client's own minimum applies, the client needs `SECLEVEL=0` in its ciphers; then one without a minimum connects,
    /// and one that demands TLS 1.2 is sent a `protocol_version` alert.
    case obsoleteTLSVersion

    /// The ClientHello is never answered.
    case hang

    /// The connection is reset after the ClientHello.
    case reset
}
