/// Where to find a secret: configuration contains this, never the secret itself.
///
/// It is resolved where the secret is needed, so that what needs none (a launch request, a schema) works without it.
public enum SecretReference: Sendable, Equatable {
    /// The value of an environment variable.
    case environment(String)
    /// The contents of a file, without one trailing line break.
    case file(String)
    /// The secret itself. For tests, and for programs that get it from elsewhere.
    case literal(Secret)
}

extension SecretReference: Decodable {
    private enum CodingKeys: String, CodingKey {
        case environment = "env"
        case file
        case literal
    }

    /// Decodes `{ env: NAME }`, `{ file: PATH }` or `{ literal: TEXT }`, with exactly one key.
    ///
    /// - Throws: `DecodingError` that contains no value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.allKeys.count == 1, let key = container.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "A secret is a reference: exactly one of env, file and literal."
                )
            )
        }
        let text = try container.decode(String.self, forKey: key)
        switch key {
        case .environment: self = .environment(text)
        case .file: self = .file(text)
        case .literal: self = .literal(Secret(text))
        }
    }
}
