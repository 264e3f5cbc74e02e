import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import OpenIDConnectProvider

@Suite("The claims of a profile")
struct ClaimsTests {
    private func claims(_ idToken: JSONObject, userInfo: JSONObject? = nil) -> (Claims, [OpenIDConnectNotice]) {
        var notices: [OpenIDConnectNotice] = []
        let claims = Claims(Profile(idToken: idToken, userInfo: userInfo), &notices)
        return (claims, notices)
    }

    @Test("are the standard ones")
    func standard() {
        let (claims, notices) = claims([
            "name": "Ada L", "given_name": "Ada", "family_name": "L", "middle_name": "K", "nickname": "A",
            "preferred_username": "ada", "profile": "https://a.example/p", "picture": "https://a.example/i",
            "website": "https://a.example", "gender": "female", "birthdate": "1815-12-10",
            "zoneinfo": "Europe/London", "locale": "en_GB", "updated_at": 1_700_000_000.5,
            "phone_number": "+442079460000", "phone_number_verified": true,
            "address": ["locality": "London", "country": "", "street_address": 7],
        ])
        #expect(claims.name == "Ada L")
        #expect(claims.givenName == "Ada")
        #expect(claims.familyName == "L")
        #expect(claims.middleName == "K")
        #expect(claims.nickname == "A")
        #expect(claims.preferredUsername == "ada")
        #expect(claims.profile == "https://a.example/p")
        #expect(claims.picture == "https://a.example/i")
        #expect(claims.website == "https://a.example")
        #expect(claims.gender == "female")
        #expect(claims.birthdate == "1815-12-10")
        #expect(claims.zoneinfo == "Europe/London")
        #expect(claims.locale == "en-GB")
        #expect(claims.updatedAt == Date(timeIntervalSince1970: 1_700_000_000.5))
        #expect(claims.phoneNumber?.verification == true)
        #expect(claims.address == PostalAddress(locality: "London"))
        #expect(notices.isEmpty)
    }

    @Test(
        "have a verified address only for a literal true: GHSA-9r87-mvcw-x35f",
        arguments: [
            (true, true), (false, false), (nil, nil), (.null, nil), ("true", nil), ("false", nil), (1, nil), (0, nil),
            ("yes", nil), ([true], nil),
        ] as [(JSONValue?, Bool?)])
    func verification(flag: JSONValue?, verification: Bool?) {
        var token: JSONObject = ["email": "ada@people.example", "phone_number": "+442079460000"]
        (token["email_verified"], token["phone_number_verified"]) = (flag, flag)
        let (claims, _) = claims(token)
        #expect(claims.email?.verification == verification)
        #expect(claims.phoneNumber?.verification == verification)
    }

    @Test("have address and verification from one source")
    func oneSource() {
        let (claims, _) = claims(
            ["email": "eve@people.example"], userInfo: ["email": "ada@people.example", "email_verified": true])
        #expect(claims.email?.value.rawValue == "eve@people.example")
        #expect(claims.email?.verification == nil)
        let (flagOnly, _) = self.claims(["email_verified": true], userInfo: ["email": "ada@people.example"])
        #expect(flagOnly.email?.verification == nil)
    }

    @Test("leave out what is not what it should be, and say so")
    func refused() {
        let (claims, notices) = claims(["email": "a@b.example,c@d.example", "phone_number": "020 7946 0000", "name": 7])
        #expect(claims == Claims())
        #expect(notices == [.emailRefused, .phoneRefused])
    }

    @Test("are the ID token's before the userinfo's, and so is the record, which has no claims about the token")
    func precedence() {
        let profile = Profile(
            idToken: ["sub": "1", "name": "Ada", "nickname": .null, "nonce": "n", "jti": "j", "at_hash": "a"],
            userInfo: ["sub": "1", "name": "Eve", "nickname": "E", "groups": ["staff"]])
        #expect(profile.text("name") == "Ada")
        #expect(profile.text("nickname") == "E")
        #expect(profile.record == ["sub": "1", "name": "Ada", "nickname": "E", "groups": ["staff"]])
    }
}
