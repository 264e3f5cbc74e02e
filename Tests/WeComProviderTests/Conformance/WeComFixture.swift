import BrokerTesting
import IdentityBroker
import LoopbackServer
import StrictJSON

/// What the fixtures have in common.
enum WeComFixture {
    static let corpId = "ww1a2b3c4d5e6f7a8b"
    static let secret = "canary-Rb4kXv6JmZpT8wQa"
    static let token = "canary-Yt5mJd8WqGhP3vNs"

    static func settings(upstream baseURL: String) -> String {
        """
        corpId: \(corpId)
        agentId: "1000002"
        secret: { env: WECOM_SECRET }
        apiURL: \(baseURL)
        readMember: false
        """
    }

    static func appToken(requests: Int = 1) -> AppTokenExample {
        AppTokenExample(
            token,
            refusals: [40001, 40014, 42001].map { refusal("its access token, as \($0)", $0, .misconfigured) },
            requests: requests)
    }

    static func token(for request: ReceivedRequest) -> ServerResponse? {
        guard request.target == "/cgi-bin/gettoken?corpid=\(corpId)&corpsecret=\(secret)" else { return nil }
        return .wecom(#""access_token":"\#(token)","expires_in":7200"#)
    }

    /// The member with the userid, after a comma; nil if the answer cannot be of the variant.
    static func userid(
        of person: ProviderConformance.Person,
        as variant: ProviderConformance.Variant,
        isContradicting: Bool
    ) -> String? {
        let correct = #","userid":"User-\#(person.number)""#
        switch variant {
        case .correct: return correct
        case .identifier(.contradicting): return isContradicting ? #","userid":"somebody-else""# : correct
        case .identifier(let fault): return fault.json.map { #","userid":\#($0)"# } ?? ""
        default: return nil
        }
    }

    static func expectation(of person: ProviderConformance.Person, _ claims: Claims) -> ExpectedIdentity {
        ExpectedIdentity(
            subject: "user-\(person.number)", claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(type: "wecom_userid", scope: corpId, value: "User-\(person.number)")
            ],
            attributes: [:], notices: [])
    }

    static let refusals = [
        refusal("a code that it does not know", 40029, .invalidCredential),
        refusal("an app that is disabled", 50003, .misconfigured),
        refusal("an address that is not in its list", 60020, .misconfigured),
        refusal("a member outside the app's range", 50002, .accessDenied),
        refusal("too many requests", 45009, .rateLimited),
        refusal("a system that is busy", -1, .upstreamUnavailable),
        refusal("a code that nobody has listed", 1_234_567, .invalidCredential),
        UpstreamRefusal("a malformed code", means: .upstreamMisbehaved) {
            .wecom(#""x":"\#($0)""#, errcode: #""x""#)
        },
    ]

    private static func refusal(_ name: String, _ code: Int, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: "\(code)") {
            .wecom(#""x":1"#, errcode: "\(code)", errmsg: $0)
        }
    }
}

extension ServerResponse {
    /// An answer with these members.
    static func wecom(_ members: String, errcode: String = "0", errmsg: String = "ok") -> ServerResponse {
        ServerResponse(
            headers: [HeaderField("Content-Type", "application/json; charset=UTF-8")],
            body: Array(#"{"errcode":\#(errcode),"errmsg":"\#(errmsg)",\#(members)}"#.utf8))
    }
}
