import IdentityBroker
import JOSE

extension OpenIDConnectProvider.Settings: Decodable {
    private enum CodingKeys: String, CodingKey {
        case issuer, issuerAliases, clientId, clientSecret, authMethod, scopes, acrValues, prompt, maxAge, responseMode
        case userInfo, idTokenAlgorithms, audiences, hostedDomains, subjectClaims, nonce, pkce, clockTolerance,
            endpoints
    }

    /// Decodes settings under their configuration keys.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            issuer: try container.decode(String.self, forKey: .issuer),
            clientId: try container.decode(String.self, forKey: .clientId),
            clientSecret: try container.decodeIfPresent(SecretReference.self, forKey: .clientSecret)
        )
        func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
            if let given = try container.decodeIfPresent(Value.self, forKey: key) { value = given }
        }
        func word<Value: RawRepresentable>(_ text: String, _ key: CodingKeys) throws -> Value
        where Value.RawValue == String {
            guard let value = Value(rawValue: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "It is none of the words that it may be.")
            }
            return value
        }
        func readWord<Value: RawRepresentable>(_ key: CodingKeys, _ value: inout Value) throws
        where Value.RawValue == String {
            if let text = try container.decodeIfPresent(String.self, forKey: key) { value = try word(text, key) }
        }
        try read(.issuerAliases, &issuerAliases)
        authMethod = try container.decodeIfPresent(ClientAuthenticationMethod.self, forKey: .authMethod)
        try read(.scopes, &scopes)
        try read(.acrValues, &acrValues)
        prompt = try container.decodeIfPresent(String.self, forKey: .prompt)
        maxAge = try container.decodeIfPresent(Duration.self, forKey: .maxAge)
        try readWord(.responseMode, &responseMode)
        try read(.userInfo, &userInfo)
        if let names = try container.decodeIfPresent([String].self, forKey: .idTokenAlgorithms) {
            idTokenAlgorithms = Set(try names.map { try word($0, .idTokenAlgorithms) })
        }
        try read(.audiences, &audiences)
        try read(.hostedDomains, &hostedDomains)
        try read(.subjectClaims, &subjectClaims)
        try readWord(.nonce, &nonce)
        try read(.pkce, &pkce)
        try read(.clockTolerance, &clockTolerance)
        try read(.endpoints, &endpoints)
    }
}
