import IdentityBroker

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
            let key = Key(stringValue: setting.key)
            switch setting.form {
            case .secret: secrets[setting.key] = try container.decodeIfPresent(SecretReference.self, forKey: key)
            case .url: texts[setting.key] = (try text(of: setting, in: container)).map(Self.withoutSlash)
            default: texts[setting.key] = try text(of: setting, in: container)
            }
        }
        var defaults = defaults
        for (key, text) in texts { defaults.issuer = defaults.issuer.replacing("{\(key)}", with: text) }
        if let signedSecret, let key = secrets[signedSecret.key] {
            defaults.peculiarities.assertionAsSecret = Peculiarities.AssertionAsSecret(
                issuer: texts[signedSecret.issuer] ?? "", keyId: texts[signedSecret.keyId] ?? "", key: key)
        }
        return try OpenIDConnectProvider.Settings(from: decoder, over: defaults)
    }

    private func text(of setting: Setting, in container: KeyedDecodingContainer<Key>) throws -> String? {
        try container.decodeIfPresent(String.self, forKey: Key(stringValue: setting.key)) ?? setting.defaultText
    }

    /// A base to which a path is added.
    private static func withoutSlash(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
