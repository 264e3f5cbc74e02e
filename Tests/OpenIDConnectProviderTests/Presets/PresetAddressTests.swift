import IdentityBroker
import Testing

@testable import OpenIDConnectProvider

/// Every address of a preset, written twice: in its file and here, so that none changes by accident. All others are found by
/// the issuer.
@Suite("The addresses of a preset")
struct PresetAddressTests {
    /// The issuer with its placeholders, and its further spellings.
    private static let issuers: [String: [String]] = [
        "apple": ["https://appleid.apple.com"],
        "genauth": ["{baseURL}/oidc"],
        "gitlab": ["{baseURL}"],
        "google": ["https://accounts.google.com", "accounts.google.com"],
        "keycloak": ["{baseURL}/realms/{realm}"],
        "line": ["https://access.line.me"],
        "linkedin": ["https://www.linkedin.com/oauth", "https://www.linkedin.com"],
        "microsoft": ["https://login.microsoftonline.com/{tenantid}/v2.0"],
        "slack": ["https://slack.com"],
        "twitch": ["https://id.twitch.tv/oauth2"],
    ]
    /// What holds in place of settings that are not given.
    private static let usualBases = ["gitlab": "https://gitlab.com"]

    @Test("are these", arguments: OpenIDConnectPreset.all.map(\.type))
    func addresses(type: String) throws {
        let preset = try #require(OpenIDConnectPreset.all.first { $0.type == type })
        let defaults = preset.defaults
        #expect([defaults.issuer] + defaults.issuerAliases == Self.issuers[type])
        let base = preset.settings.first { $0.key == "baseURL" }
        #expect(base?.defaultText == Self.usualBases[type])
        let endpoints = defaults.endpoints
        let own = [
            endpoints.authorization, endpoints.token, endpoints.userInfo, endpoints.jwks, endpoints.endSession,
        ]
        #expect(own.allSatisfy { $0 == nil })
    }

    @Test("are those of presets that exist")
    func names() {
        #expect(Set(Self.issuers.keys) == Set(OpenIDConnectPreset.all.map(\.type)))
    }
}
