/// A part that travels beside a credential, by name, and its form: a code verifier, or data that the upstream encrypted.
///
/// The pipeline checks it as it checks the credential, before anything is reserved or sent. The provider finds it in
/// ``Credential/parts``; no provider is told of parts that its manifest does not name.
public struct CredentialPart: Sendable, Hashable {
    /// The name in snake case, by which requests and the command line give it.
    public var name: String
    /// The longest part accepted, in bytes.
    public var maximumBytes: Int
    /// The shortest part accepted, in bytes; no part is empty.
    public var minimumBytes: Int
    /// The characters that it may contain.
    public var alphabet: CredentialForm.Alphabet
    /// Whether it must not be disclosed, not even in the identity. Errors and logs never show a part.
    public var isSecret: Bool
    /// What it is and when to send it, in a sentence or two.
    public var documentation: String

    /// Describes a part, which is secret by default.
    public init(
        _ name: String,
        maximumBytes: Int,
        minimumBytes: Int = 1,
        alphabet: CredentialForm.Alphabet = .visibleASCII,
        isSecret: Bool = true,
        _ documentation: String
    ) {
        self.name = name
        self.maximumBytes = maximumBytes
        self.minimumBytes = minimumBytes
        self.alphabet = alphabet
        self.isSecret = isSecret
        self.documentation = documentation
    }

    /// Names that a part cannot have, since a token request gives something else by them (RFC 6749, RFC 7521, RFC 8693).
    package static let reservedNames: Set<String> = [
        "actor_token", "actor_token_type", "audience", "client_assertion", "client_assertion_type", "client_id",
        "client_secret", "grant_type", "nonce", "provider", "requested_token_type", "resource", "scope",
        "subject_token", "subject_token_type",
    ]

    /// Why requests cannot give the part by its name; nil if they can.
    package var nameFault: String? {
        guard name.isSnakeCase else { return "is not in snake case" }
        return Self.reservedNames.contains(name) ? "is a parameter of every token request" : nil
    }
}

extension String {
    /// Whether the text is a lower-case letter of ASCII, then such letters, digits and single underscores between them.
    package var isSnakeCase: Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let words = utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        return utf8.first.map(letters.contains) == true
            && words.allSatisfy { word in
                !word.isEmpty && word.allSatisfy { letters.contains($0) || digits.contains($0) }
            }
    }
}
