import BrokerSandbox

extension Vendor {
    /// developers.naver.com/docs/login/api: `state` goes along with the code, errors have status 200, and the record is under
    /// `response`.
    static let naver = Vendor(
        type: "naver",
        displayName: "Naver",
        paths: Paths(
            authorization: "/oauth2.0/authorize", token: "/oauth2.0/token", profile: "/v1/nid/me"),
        clientId: "jyvqXeaVOVmV",
        cancellation: ["error": "access_denied", "error_description": "Canceled By User"],
        needsRedirectURI: false,
        carried: ["state"],
        tokens: { grant in
            [
                "access_token": .text(grant.accessToken), "refresh_token": .text(grant.refreshToken),
                "token_type": "bearer", "expires_in": "3600",
            ]
        },
        tokenError: { refusal in
            switch refusal {
            case .client, .secret:
                refusal.answer(
                    status: 200, ["error": "unauthorized_client", "error_description": "wrong client id or secret"])
            default:
                refusal.answer(
                    status: 200, ["error": "invalid_request", "error_description": "no valid data in session"])
            }
        },
        profile: RecordRequest { query in
            let person = query.person
            var response: Members = [
                "id": .text(naverId(person)), "nickname": .text(person.name), "name": .text(person.fullName),
                "profile_image": .text(person.picture), "gender": "U", "age": "40-49", "birthday": "12-10",
                "mobile": .text(person.phoneNumber), "mobile_e164": .text(person.phoneNumber),
            ]
            response["email"] = person.email.map(JSON.text)
            return ["resultcode": "00", "message": "success", "response": .object(response)]
        },
        recordError: { refusal in
            guard refusal == .token else {
                return VendorAnswer(
                    status: 403, contents: ["errorMessage": .text(refusal.message), "errorCode": "403"])
            }
            return VendorAnswer(
                status: 401,
                contents: ["resultcode": "024", "message": "Authentication failed (인증 실패하였습니다.)"])
        },
        id: { .text(naverId($0)) })

    private static func naverId(_ person: Person) -> String { "DKZ3sGHqWGDPgbx4Pxt1ANxr5qzr0\(person.number)" }
}
