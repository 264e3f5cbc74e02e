import Foundation
import IdentityBroker
import Testing

@testable import OpenIDConnectProvider

@Suite("The settings of a preset")
struct PresetSettingsTests {
    private struct Probe: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) { self.decoder = decoder }
    }

    private func settings(
        _ preset: OpenIDConnectPreset,
        _ json: String
    ) throws -> OpenIDConnectProvider.Settings {
        try preset.settings(from: JSONDecoder().decode(Probe.self, from: Data(json.utf8)).decoder)
    }

    @Test("make the issuer, whose base may end with a slash", arguments: ["", "/"])
    func issuer(slash: String) throws {
        let keycloak = try settings(
            .keycloak, #"{"clientId":"c","baseURL":"https://id.example.com/auth\#(slash)","realm":"staff"}"#)
        #expect(keycloak.issuer == "https://id.example.com/auth/realms/staff")
        #expect(try settings(.gitlab, #"{"clientId":"c"}"#).issuer == "https://gitlab.com")
        let own = try settings(.gitlab, #"{"clientId":"c","baseURL":"https://git.example.com\#(slash)"}"#)
        #expect(own.issuer == "https://git.example.com")
    }

    @Test(
        "that make the issuer or the secret are refused by name if they are no such text",
        arguments: [
            ("realm", ""), ("realm", ".."), ("realm", "%2E%2e"), ("realm", "a b"), ("realm", "a/b"), ("realm", "a?b"),
            ("realm", "a#b"), ("realm", "{tenantid}"), ("realm", "ü"), ("baseURL", ""), ("baseURL", "id.example.com"),
            ("baseURL", "https://id.example.com/../a"), ("baseURL", "https://id.example.com/a b"),
            ("baseURL", "https://id.example.com/?a=b"), ("baseURL", "https://u@id.example.com"),
        ])
    func refusedText(key: String, text: String) throws {
        var values = ["clientId": "c", "baseURL": "https://id.example.com", "realm": "staff"]
        values[key] = text
        let json = String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
        #expect(try Self.refusedKeys { try settings(.keycloak, json) } == [key])
    }

    @Test("of a signed secret are texts", arguments: ["teamId", "keyId"])
    func refusedName(key: String) throws {
        for text in ["", "a b"] {
            var values = ["clientId": "c", "teamId": "ABCDE12345", "keyId": "FGHIJ67890"]
            values[key] = text
            let json = String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
            #expect(try Self.refusedKeys { try settings(.apple, json) } == [key])
        }
    }

    private static func refusedKeys(_ body: () throws -> OpenIDConnectProvider.Settings) throws -> [String] {
        do {
            _ = try body()
            return []
        } catch DecodingError.dataCorrupted(let context) {
            return context.codingPath.map(\.stringValue)
        }
    }

    @Test("hold over the preset's, each by itself")
    func over() throws {
        let usual = try settings(.google, #"{"clientId":"c"}"#)
        #expect(usual.issuer == "https://accounts.google.com" && usual.issuerAliases == ["accounts.google.com"])
        let changed = try settings(
            .google, #"{"clientId":"c","issuer":"https://id.example.com","scopes":["openid"],"nonce":"optional"}"#)
        #expect(changed.issuer == "https://id.example.com" && changed.scopes == ["openid"])
        #expect(changed.nonce == .optional && changed.issuerAliases == ["accounts.google.com"])
        #expect(try settings(.linkedin, #"{"clientId":"c","pkce":"required"}"#).pkce == .required)
    }

    @Test("leave the method to the provider where the preset's does not fit the proof")
    func method() throws {
        let secret = SecretReference.literal(Secret("a-secret-of-the-client"))
        var settings = try settings(.google, #"{"clientId":"c"}"#)
        let context = ProviderContext(id: "google")
        #expect(try OpenIDConnectProvider(settings: settings, context: context).authentication.method == nil)
        settings.clientSecret = secret
        #expect(try OpenIDConnectProvider(settings: settings, context: context).authentication.method == .post)
        settings.authMethod = .basic
        #expect(try OpenIDConnectProvider(settings: settings, context: context).authentication.method == .basic)
    }
}
