import BrokerTesting
import IdentityBroker
import JOSE
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("A provider of many tenants")
struct TenantTests {
    private static let own = "11111111-2222-3333-4444-555555555555"
    private static let other = "99999999-2222-3333-4444-555555555555"

    /// A provider whose tokens are of a tenant, and whose discovery document is every tenant's.
    private func scenario(
        of tenant: String? = own,
        issuedBy issuing: String? = nil,
        _ change: (inout Behavior) -> Void = { _ in }
    ) -> Scenario {
        let base = Locked("")
        return Scenario {
            $0.documentPath = "/organizations/v2.0"
            $0.document = { document, baseURL in
                base.withLock { $0 = baseURL }
                document["issuer"] = .string("\(baseURL)/{tenantid}/v2.0")
            }
            $0.claims = { claims in
                let issuer = issuing ?? tenant ?? Self.own
                claims["iss"] = .string("\(base.withLock { $0 })/\(issuer)/v2.0")
                claims["tid"] = tenant.map(JSONValue.string)
            }
            change(&$0)
        }
    }

    private static func settings(
        _ tenants: [String]
    ) -> @Sendable (inout OpenIDConnectProvider.Settings) -> Void {
        { settings in
            settings.issuer += "/{tenantid}/v2.0"
            settings.tenants = tenants
        }
    }

    @Test("signs people in under their own tenant's issuer", arguments: [["any"], [own, other]])
    func tenant(tenants: [String]) async throws {
        try await scenario().with(Self.settings(tenants)).run { desk in
            let identity = try await desk.login()
            #expect(identity.issuer.rawValue == "\(desk.upstream.baseURL)/\(Self.own)/v2.0")
            #expect(identity.subject == "person-1")
        }
    }

    @Test("is asked at its only tenant if there is one, whose document has its own issuer")
    func only() async throws {
        let scenario = scenario {
            $0.documentPath = "/\(Self.own)/v2.0"
            let document = $0.document
            $0.document = { members, baseURL in
                document(&members, baseURL)
                members["issuer"] = .string("\(baseURL)/\(Self.own)/v2.0")
            }
        }
        try await scenario.with(Self.settings([Self.own])).run { desk in
            let identity = try await desk.login()
            #expect(identity.issuer.rawValue == "\(desk.upstream.baseURL)/\(Self.own)/v2.0")
        }
    }

    @Test("is asked at the tenant of discoveryTenant")
    func discovery() async throws {
        let scenario = scenario { $0.documentPath = "/common/v2.0" }.with {
            Self.settings(["any"])(&$0)
            $0.discoveryTenant = "common"
        }
        #expect(try await scenario.login().subject == "person-1")
    }

    @Test(
        "refuses other tenants, and tokens whose tenant and issuer differ",
        arguments: [
            (own, nil, nil), (other, nil, .accessDenied), (other, own, .upstreamMisbehaved),
            (own, other, .upstreamMisbehaved), (nil, nil, .upstreamMisbehaved),
            ("organizations", nil, .upstreamMisbehaved), ("", nil, .upstreamMisbehaved),
            ("{tenantid}", nil, .upstreamMisbehaved),
        ] as [(String?, String?, BrokerError.Kind?)])
    func refused(tenant: String?, issuing: String?, kind: BrokerError.Kind?) async throws {
        let scenario = scenario(of: tenant, issuedBy: issuing)
        // With a second one, so that the instance has no tenant of its own.
        let third = "00000000-2222-3333-4444-555555555555"
        #expect(try await scenario.with(Self.settings([Self.own, third])).failure()?.kind == kind)
    }

    /// The issuer that the answer names, or its tenant's part, and how the login fails; with several tenants let in.
    @Test(
        "may name the tenant's issuer in its answer, and no other",
        arguments: [
            (own, nil, 1), (other, .invalidCredential, 1), ("{tenantid}", .invalidCredential, 0),
            ("a/b", .invalidCredential, 0), ("", .invalidCredential, 0), (nil, .invalidCredential, 0),
        ] as [(String?, BrokerError.Kind?, Int)])
    func answer(tenant: String?, kind: BrokerError.Kind?, tokenRequests: Int) async throws {
        for tenants in [["any"], [Self.own, Self.other]] {
            let base = Locked("")
            let scenario = scenario {
                let document = $0.document
                $0.document = { members, baseURL in
                    base.withLock { $0 = baseURL }
                    document(&members, baseURL)
                    members["authorization_response_iss_parameter_supported"] = true
                }
                $0.callback = { parameters in
                    parameters["iss"] = tenant.map { tenant in "\(base.withLock { $0 })/\(tenant)/v2.0" }
                }
            }
            try await scenario.with(Self.settings(tenants)).run { desk in
                let failure = await Scenario.failure { _ = try await desk.login() }
                #expect(failure?.kind == kind, "\(tenants)")
                #expect(desk.count(of: "/token") == tokenRequests)
            }
        }
    }

    @Test("has one issuer for the instance whichever tenants are let in, so that spent tokens stay spent")
    func instanceIssuer() throws {
        for tenants in [["any"], [Self.own], [Self.own, Self.other]] {
            var settings = OpenIDConnectProvider.Settings(
                issuer: "https://id.example.com/{tenantid}", clientId: "client-1")
            settings.tenants = tenants
            let provider = try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
            #expect(provider.issuer.rawValue == "https://id.example.com/{tenantid}")
        }
    }

    @Test(
        "may sign its userinfo as the same tenant",
        arguments: [(own, nil), (other, BrokerError.Kind.upstreamMisbehaved)])
    func userInfo(tenant: String, kind: BrokerError.Kind?) async throws {
        let base = Locked("")
        let scenario = scenario {
            let document = $0.document
            $0.document = { members, baseURL in
                base.withLock { $0 = baseURL }
                document(&members, baseURL)
            }
            $0.userInfoAnswer = { claims in
                var claims = claims
                claims["iss"] = .string("\(base.withLock { $0 })/\(tenant)/v2.0")
                return .text(
                    try CompactJWS.sign(claims.jsonBytes, header: ["kid": "key-1"], with: TestKeys.ec.get()))
            }
        }.with {
            Self.settings([Self.own, Self.other])(&$0)
            $0.userInfo = .always
        }
        #expect(try await scenario.failure()?.kind == kind)
    }

    @Test(
        "signs with keys of the tenant, or of all of them",
        arguments: [
            ("{tenantid}", nil), (own, nil), (other, .upstreamMisbehaved),
        ] as [(String, BrokerError.Kind?)])
    func keyIssuer(tenant: String, kind: BrokerError.Kind?) async throws {
        let base = Locked("")
        let scenario = scenario {
            let document = $0.document
            $0.document = { members, baseURL in
                base.withLock { $0 = baseURL }
                document(&members, baseURL)
            }
            $0.keySet = {
                try TestKeys.published(TestKeys.ec.get(), as: "key-1").replacing(
                    #""use":"sig""#, with: #""issuer":"\#(base.withLock { $0 })/\#(tenant)/v2.0","use":"sig""#)
            }
        }
        #expect(try await scenario.with(Self.settings(["any"])).failure()?.kind == kind)
    }

    typealias Change = @Sendable (inout OpenIDConnectProvider.Settings) -> Void

    private static let faults: [(String, Change)] = [
        ("tenants", { $0.tenants = [] }), ("tenants", { $0.tenants = ["any", Self.own] }),
        ("tenants", { $0.tenants = ["example.com"] }), ("tenants", { $0.tenants = [Self.own.uppercased() + "A"] }),
        ("tenants", { $0.tenants = ["AAAAAAAA-2222-3333-4444-555555555555"] }),
        ("discoveryTenant", { $0.discoveryTenant = "../x" }), ("discoveryTenant", { $0.discoveryTenant = "" }),
        ("tenants", { $0.issuer = "https://id.example.com" }),
        ("issuerAliases", { $0.issuerAliases = ["https://id.example.com/common"] }),
        ("issuer", { $0.issuer = "https://id.example.com/{tenantid}/{realm}" }),
        // Short enough only until an id is in it.
        ("issuer", { $0.issuer += "/" + String(repeating: "a", count: 255 - $0.issuer.utf8.count - 1) }),
    ]

    @Test("needs settings that say whom it lets in", arguments: faults)
    func settings(name: String, change: Change) {
        var settings = OpenIDConnectProvider.Settings(
            issuer: "https://id.example.com/{tenantid}", clientId: "client-1",
            clientSecret: .literal(Secret(Scenario.secret)))
        settings.tenants = ["any"]
        change(&settings)
        let error = #expect(throws: BrokerError.self) {
            try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        }
        #expect(error?.kind == .misconfigured && error?.message.contains(name) == true)
    }
}
