import IdentityBroker
import JOSE

extension OpenIDConnectProvider.Settings: Decodable {
    private enum CodingKeys: String, CodingKey {
        case issuer, issuerAliases, clientId, clientSecret, clientAssertion, authMethod
        case scopes, acrValues, prompt, maxAge, parameters, responseMode, par, pkce, userInfo
        case idTokenAlgorithms, audiences, tenants, discoveryTenant, hostedDomains, subjectClaims, nonce
        case nativeCodes, clockTolerance, endpoints
    }

    /// Decodes settings under their configuration keys.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            issuer: try container.decode(String.self, forKey: .issuer),
            clientId: try container.decode(String.self, forKey: .clientId))
        try read(container)
    }

    /// Decodes settings over others, which hold for every key that is left out, as the issuer may be.
    ///
    /// - Throws: `DecodingError`.
    init(from decoder: any Decoder, over defaults: OpenIDConnectProvider.Settings) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self = defaults
        if let issuer = try container.decodeIfPresent(String.self, forKey: .issuer) { self.issuer = issuer }
        clientId = try container.decode(String.self, forKey: .clientId)
        try read(container)
    }

    private mutating func read(_ container: KeyedDecodingContainer<CodingKeys>) throws {
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
        func readIfAny<Value: Decodable>(_ key: CodingKeys, _ value: inout Value?) throws {
            if let given = try container.decodeIfPresent(Value.self, forKey: key) { value = given }
        }
        try read(.issuerAliases, &issuerAliases)
        try readIfAny(.clientSecret, &clientSecret)
        try readIfAny(.clientAssertion, &clientAssertion)
        try readIfAny(.authMethod, &authMethod)
        try read(.scopes, &scopes)
        try read(.acrValues, &acrValues)
        try readIfAny(.prompt, &prompt)
        try readIfAny(.maxAge, &maxAge)
        try read(.parameters, &parameters)
        try readWord(.responseMode, &responseMode)
        try read(.par, &par)
        try read(.userInfo, &userInfo)
        if let names = try container.decodeIfPresent([String].self, forKey: .idTokenAlgorithms) {
            // A set has no order of its own: one with the same elements stays as it is, so that settings that are equal
            // also look equal.
            let given = Set<SignatureAlgorithm>(try names.map { try word($0, .idTokenAlgorithms) })
            if given != idTokenAlgorithms { idTokenAlgorithms = given }
        }
        try read(.audiences, &audiences)
        try read(.tenants, &tenants)
        try read(.discoveryTenant, &discoveryTenant)
        try read(.hostedDomains, &hostedDomains)
        try read(.subjectClaims, &subjectClaims)
        try readWord(.nonce, &nonce)
        try read(.nativeCodes, &nativeCodes)
        try read(.pkce, &pkce)
        try read(.clockTolerance, &clockTolerance)
        try read(.endpoints, &endpoints)
    }
}
