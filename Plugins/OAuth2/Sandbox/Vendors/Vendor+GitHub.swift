import BrokerSandbox

extension Vendor {
    /// docs.github.com/en/apps/oauth-apps: a form unless JSON is asked for, errors with status 200, and addresses by a request
    /// of their own. It calls itself by a path of its own in `iss`.
    static let github = Vendor(
        type: "github",
        displayName: "GitHub",
        paths: Paths(
            authorization: "/login/oauth/authorize", token: "/login/oauth/access_token", profile: "/user",
            emails: "/user/emails"),
        settings: { [SandboxSetting("authorizationIssuers", .list(["\($0)/login/oauth"]))] },
        clientId: "Iv1.8a61f9b3a7aba766",
        challenges: .checked,
        returned: { ["iss": "\($0)/login/oauth"] },
        cancellation: [
            "error": "access_denied", "error_description": "The user has denied your application access.",
            "error_uri": "https://docs.github.com/apps/troubleshooting-authorization-request-errors/#access-denied",
        ],
        needsGrantType: false,
        format: { $0.acceptsJSON ? .json : .form },
        tokens: { grant in
            ["access_token": .text(grant.accessToken), "scope": grant.scope(","), "token_type": "bearer"]
        },
        tokenError: { refusal in
            let code: JSON =
                switch refusal {
                case .code, .usedCode, .verifier, .carried: "bad_verification_code"
                case .client, .secret: "incorrect_client_credentials"
                case .redirectURI: "redirect_uri_mismatch"
                case .request, .grantType: .text(refusal.code)
                }
            return refusal.answer(status: 200, ["error": code])
        },
        fields: ["User-Agent"],
        profile: RecordRequest { query in
            let (person, name) = (query.person, query.person.name)
            return [
                "login": .text(name), "id": .number(58_323_100 + person.number), "node_id": "MDQ6VXNlcjE=",
                "avatar_url": .text(person.picture), "html_url": .text("https://github.example/\(name)"),
                "type": "User", "site_admin": false, "name": .text(person.fullName), "company": .null,
                "blog": .text("https://\(name).example"), "email": .null, "bio": .null,
                "created_at": "2008-01-14T04:33:35Z",
            ]
        },
        emails: RecordRequest(scopes: ["user:email"]) { query in
            let person = query.person
            let hidden: JSON = [
                "email": .text("\(person.name)@users.noreply.github.example"), "primary": false, "verified": true,
                "visibility": .null,
            ]
            guard let email = person.email else { return .list([hidden]) }
            return [
                hidden,
                [
                    "email": .text(email), "primary": true, "verified": .boolean(person.isEmailVerified),
                    "visibility": "private",
                ],
            ]
        },
        recordError: { refusal in
            switch refusal {
            case .token: VendorAnswer(status: 401, contents: ["message": "Bad credentials", "status": "401"])
            case .request: VendorAnswer(status: 403, contents: ["message": .text(refusal.message), "status": "403"])
            case .scope, .proof: VendorAnswer(status: 404, contents: ["message": "Not Found", "status": "404"])
            }
        },
        id: { .number(58_323_100 + $0.number) })
}
