import BrokerSandbox
import Foundation

extension Vendor {
    /// dev.twitch.tv/docs/authentication: claims only if they are asked for by name, a list of scopes, and errors without a
    /// code.
    static let twitch = Vendor(
        type: "twitch",
        displayName: "Twitch",
        issuesNativeTokens: false,
        takesFormPost: false,
        challenges: .unpublished,
        subject: { "7130968\($0.number)" },
        claims: { consent in
            let person = consent.person
            let all = person.contact.with([
                "picture": .text(person.picture), "preferred_username": .text(person.fullName),
                "updated_at": "2026-01-02T03:04:05Z",
            ])
            let asked = JSON.members(of: Data((consent.parameters["claims"] ?? "").utf8))?["id_token"]
            let names = (asked as? [String: Any]).map { Set($0.keys) } ?? []
            return all.filter { names.contains($0.key) }
        },
        userInfo: { ["preferred_username": .text($0.person.fullName)] },
        tokens: [
            "token_type": "bearer", "expires_in": 14_124, "refresh_token": "w47b2c2bd6",
            "scope": ["openid", "user:read:email"],
        ],
        refusal: { refusal in
            let (status, message): (Int, JSON) =
                switch refusal {
                case .request: (400, "missing parameter")
                case .grantType: (400, "invalid grant type")
                case .client: (403, "invalid client secret")
                case .code, .usedCode, .verifier: (400, "Invalid authorization code")
                case .redirectURI: (400, "Parameter redirect_uri does not match registered URI")
                }
            return VendorAnswer(status: status, members: ["status": .number(status), "message": message])
        })
}
