/// The required form of a provider's credential. The pipeline checks it before anything is reserved or sent.
public struct CredentialForm: Sendable, Hashable {
    /// The kind that the form applies to.
    public var kind: CredentialKind
    /// The longest credential accepted, in bytes.
    public var maximumBytes: Int
    /// The characters that it may contain.
    public var alphabet: Alphabet
    /// Whether the upstream accepts it only once. The pipeline then reserves it before anything is sent.
    public var isOneTime: Bool
    /// Whether to accept an authorization code from outside the broker's redirects, such as one from an upstream's own
    /// app. Without the redirect, state, nonce and PKCE are not checked, so a leaked code suffices (RFC 9700 §2.1.1,
    /// §4.5). An instance may say otherwise: ``IdentityProvider/adapted(_:)``.
    public var acceptsNativeCodes: Bool
    /// Whether the provider verifies the credential by itself, as with a signed token, and sends it nowhere. The
    /// pipeline then reserves it only once it is verified and the person is let in, so that a forgery spends nothing and
    /// costs no reservation. A request that contains it is refused.
    public var provesItself: Bool
    /// What may travel with it. All parts are optional to the pipeline; the provider knows which belong together.
    public var parts: [CredentialPart]

    /// The length that the nonce of an app may have, in bytes, for every type: no vendor's SDK makes a shorter one than
    /// LINE's, of 16 characters, and a shorter one could be guessed (OpenID Connect Core §15.5.2).
    public static let nonceBytes = 16...512

    /// The characters that a credential may contain.
    public enum Alphabet: Sendable, Hashable {
        /// `VCHAR` of RFC 5234: printable ASCII without the space, the alphabet of OAuth's codes (RFC 6749 Appendix A.11).
        case visibleASCII
        /// Letters, digits, `-`, `_`, `.` and `~`: the unreserved characters of RFC 3986 §2.3, which suffice for every
        /// JWT.
        case unreserved
        /// Any text, such as JSON that the user's app passes on: spaces, line breaks and every script.
        case text
    }

    /// Describes a credential; the default is a one-time text of up to 4 KiB of visible ASCII.
    public init(
        kind: CredentialKind,
        maximumBytes: Int = 4096,
        alphabet: Alphabet = .visibleASCII,
        isOneTime: Bool = true,
        acceptsNativeCodes: Bool = false,
        provesItself: Bool = false,
        parts: [CredentialPart] = []
    ) {
        self.kind = kind
        self.maximumBytes = maximumBytes
        self.alphabet = alphabet
        self.isOneTime = isOneTime
        self.acceptsNativeCodes = acceptsNativeCodes
        self.provesItself = provesItself
        self.parts = parts
    }
}

extension CredentialForm {
    /// Whether only a redirect that the broker began leads to such a credential.
    var isOfRedirectsAlone: Bool { kind == .authorizationCode && !acceptsNativeCodes }
}

extension CredentialForm.Alphabet {
    /// What belongs to the alphabet, as a sentence.
    var rule: String {
        switch self {
        case .visibleASCII: "It is of visible ASCII, without white space and controls."
        case .unreserved: "It is of letters and digits of ASCII, -, _, . and ~."
        case .text: "It is any text."
        }
    }

    /// Whether the byte belongs to the alphabet.
    func contains(_ byte: UInt8) -> Bool {
        switch self {
        case .visibleASCII:
            return (0x21...0x7E).contains(byte)
        case .unreserved:
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: return true
            default: return false
            }
        case .text:
            return true
        }
    }
}
