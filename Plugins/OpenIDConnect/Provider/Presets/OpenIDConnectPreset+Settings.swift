import IdentityBroker
import OAuthClient

extension OpenIDConnectPreset {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    /// The settings of an instance: those given, over this preset's defaults.
    ///
    /// - Throws: `DecodingError`.
    func settings(from decoder: any Decoder) throws -> OpenIDConnectProvider.Settings {
        let container = try decoder.container(keyedBy: Key.self)
        var (texts, secrets): ([String: String], [String: SecretReference]) = ([:], [:])
        for setting in settings {
            if setting.form == .secret {
                let key = Key(stringValue: setting.key)
                secrets[setting.key] = try container.decodeIfPresent(SecretReference.self, forKey: key)
            } else {
                texts[setting.key] = try text(of: setting, in: container)
            }
        }
        var defaults = defaults
        for (key, text) in texts { defaults.issuer = defaults.issuer.replacing("{\(key)}", with: text) }
        if let signedSecret, let key = secrets[signedSecret.key], let issuer = texts[signedSecret.issuer],
            let keyId = texts[signedSecret.keyId]
        {
            defaults.peculiarities.assertionAsSecret = Peculiarities.AssertionAsSecret(
                issuer: issuer, keyId: keyId, key: key)
        }
        return try OpenIDConnectProvider.Settings(from: decoder, over: defaults)
    }

    /// A text that is valid in an issuer or an assertion; nil if it is optional and has no default.
    private func text(of setting: Setting, in container: KeyedDecodingContainer<Key>) throws -> String? {
        let key = Key(stringValue: setting.key)
        let given =
            setting.isRequired
            ? try container.decode(String.self, forKey: key) : try container.decodeIfPresent(String.self, forKey: key)
        guard let text = given ?? setting.defaultText else { return nil }
        let fault: String?
        if setting.form == .url {
            fault =
                Endpoint(text)?.target.contains("?") == false
                ? nil : "\(setting.key) must be an absolute URL without user name, query and fragment."
        } else {
            fault =
                Self.isSegment(text)
                ? nil : "\(setting.key) must be visible ASCII without spaces, slashes, braces, '?' and '#'."
        }
        if let fault { throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: fault) }
        // A path is added to a base.
        return setting.form == .url && text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether it is one segment of a path in every reader's eyes.
    private static func isSegment(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#"/\?#{}"<>^`|"#.utf8.contains($0) }
        let name = text.lowercased().replacing("%2e", with: ".")
        return isPlain && (1...255).contains(text.utf8.count) && name != "." && name != ".."
    }
}
