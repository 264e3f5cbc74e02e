import BrokerTesting
import IdentityBroker
import JOSE
import LoopbackServer
import StrictJSON
import Testing

@testable import OpenIDConnectProvider

@Suite("What is peculiar to a provider")
struct PeculiarityTests {
    @Test(
        "may be that assertions are for its token endpoint, unless the settings say otherwise",
        arguments: [nil, "other"])
    func assertionAudience(configured: String?) async throws {
        try await KeyFile.withDirectory { directory in
            let file = try KeyFile(.p256, in: directory)
            let scenario = Scenario().with {
                $0.clientSecret = nil
                $0.clientAssertion = .init(keyFile: file.path)
                $0.clientAssertion?.audience = configured
                $0.peculiarities = OpenIDConnectPreset.microsoft.defaults.peculiarities
            }
            try await scenario.run { desk in
                _ = try await desk.login()
                let request = try #require(desk.upstream.requests.first { $0.target == "/token" })
                let text = try #require(FormText.decode(request.bodyText)["client_assertion"])
                let claims = try JSONReader().read(CompactJWS(text).payload)
                #expect(claims["aud"]?.string == configured ?? "\(desk.upstream.baseURL)/token")
            }
        }
    }

    /// What is posted as `user`, the ID token's name, and the name of the identity.
    @Test(
        "may be that a name comes beside the code, which never replaces a claim",
        arguments: [
            (#"{"name":{"firstName":"Eve","lastName":"Adams"}}"#, nil, "Eve Adams"),
            (#"{"name":{"firstName":"Eve","lastName":"Adams"}}"#, "Ada", "Ada"),
            (#"{"name":{"firstName":"","lastName":"Adams"}}"#, nil, "Adams"), (#"{"name":"Eve"}"#, nil, nil),
            (#"{"name":{"firstName":7}}"#, nil, nil), ("Eve", nil, nil), ("", nil, nil),
        ] as [(String, String?, String?)])
    func postedName(user: String, claim: String?, name: String?) async throws {
        let scenario = Scenario {
            $0.callback = { $0["user"] = user }
            $0.claims = { $0["name"] = claim.map(JSONValue.string) }
        }.with {
            $0.userInfo = .never
            $0.peculiarities.postsName = true
        }
        let identity = try await scenario.login()
        #expect(identity.claims.name == name)
        #expect(identity.claims.email?.value.rawValue == "ada@people.example")
    }

    @Test("is nothing for a provider without a preset: a posted name is not read")
    func unexpectedName() async throws {
        let scenario = Scenario {
            $0.callback = { $0["user"] = #"{"name":{"firstName":"Eve"}}"# }
            $0.claims = { $0["name"] = nil }
        }
        #expect(try await scenario.with { $0.userInfo = .never }.login().claims.name == nil)
    }

    @Test(
        "may be that booleans are text, of which only one is true: GHSA-9r87-mvcw-x35f",
        arguments: [
            (true, "true", true), (true, true, true), (true, "false", nil), (true, "True", nil), (true, "1", nil),
            (true, 1, nil), (false, "true", nil), (false, true, true),
        ] as [(Bool, JSONValue, Bool?)])
    func booleans(areText: Bool, value: JSONValue, isVerified: Bool?) async throws {
        let scenario = Scenario { $0.claims = { $0["email_verified"] = value } }
        let identity = try await scenario.with { $0.peculiarities.writesBooleansAsText = areText }.login()
        let isAccepted = if case .verified? = identity.claims.email { true } else { false }
        #expect(isAccepted == (isVerified ?? false))
    }

    @Test(
        "may be its errors, also those without a code",
        arguments: [
            ("error", "no_such_code", BrokerError.Kind.invalidCredential), ("error", "else", .upstreamMisbehaved),
            ("message", "no_such_code", .invalidCredential), ("message", "else", .upstreamMisbehaved),
        ])
    func errors(member: String, text: String, kind: BrokerError.Kind) async throws {
        let answer: JSONObject = [member: .string(text)]
        let failure = try await Scenario { $0.tokenAnswer = .json(.object(answer), status: 400) }.with {
            $0.peculiarities.errorMember = member
            $0.peculiarities.errors = ["no_such_code": .invalidCredential]
        }.failure()
        #expect(failure?.kind == kind)
        #expect(failure?.message.contains(text) == false)
        #expect(failure?.upstreamCode == (member == "error" ? text : nil))
    }
}
