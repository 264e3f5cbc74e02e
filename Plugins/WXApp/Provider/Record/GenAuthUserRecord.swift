import StrictJSON

/// GenAuth's record of a user, member by member, under the names on the wire.
///
/// It accepts the record of `app2wxapp` and what later generations of the service add. Members that decide something
/// are kept unchanged, so that a value of a wrong type cannot pass for an absent one; the others are read leniently.
struct GenAuthUserRecord {
    /// The whole record, for callers that ask for the raw record.
    let members: JSONObject

    // Who the user is.
    var underscoreId: JSONValue? { members["_id"] }
    var id: JSONValue? { members["id"] }
    var userId: JSONValue? { members["userId"] }
    var userPoolId: JSONValue? { members["userPoolId"] }
    var unionid: JSONValue? { members["unionid"] }
    var openid: JSONValue? { members["openid"] }

    // Whether the user may sign in.
    var blocked: JSONValue? { members["blocked"] }
    var isDeleted: JSONValue? { members["isDeleted"] }
    var status: JSONValue? { members["status"] }
    var workStatus: JSONValue? { members["workStatus"] }

    // What GenAuth issued.
    var token: JSONValue? { members["token"] }
    var tokenExpiredAt: String? { members.text("tokenExpiredAt") }

    // How to reach the user.
    var email: String? { members.text("email") }
    var emailVerified: JSONValue? { members["emailVerified"] }
    var phone: JSONValue? { members["phone"] }
    var phoneCountryCode: JSONValue? { members["phoneCountryCode"] }
    var phoneVerified: JSONValue? { members["phoneVerified"] }

    // Names, picture and personal details.
    var username: String? { members.text("username") }
    var nickname: String? { members.text("nickname") }
    var name: String? { members.text("name") }
    var givenName: String? { members.text("givenName") }
    var familyName: String? { members.text("familyName") }
    var middleName: String? { members.text("middleName") }
    var preferredUsername: String? { members.text("preferredUsername") }
    var photo: String? { members.text("photo") }
    var profile: String? { members.text("profile") }
    var website: String? { members.text("website") }
    var gender: JSONValue? { members["gender"] }
    var birthdate: String? { members.text("birthdate") }
    var zoneinfo: String? { members.text("zoneinfo") }
    var locale: String? { members.text("locale") }

    // The address.
    var address: String? { members.text("address") }
    var formatted: String? { members.text("formatted") }
    var streetAddress: String? { members.text("streetAddress") }
    var locality: String? { members.text("locality") }
    var city: String? { members.text("city") }
    var region: String? { members.text("region") }
    var province: String? { members.text("province") }
    var postalCode: String? { members.text("postalCode") }
    var country: String? { members.text("country") }

    // Everything else.
    var company: String? { members.text("company") }
    var metadata: JSONValue? { members["metadata"] }
    var oauth: JSONValue? { members["oauth"] }
    var registerMethod: String? { members.text("registerMethod") }
    var loginsCount: JSONValue? { members["loginsCount"] }
    var lastLogin: String? { members.text("lastLogin") }
    var signedUp: String? { members.text("signedUp") }
    var createdAt: String? { members.text("createdAt") }
    var updatedAt: String? { members.text("updatedAt") }

    init(_ members: JSONObject) {
        self.members = members
    }
}

/// WeChat's profile of the user, which GenAuth keeps under `oauth` of its record.
///
/// A mini program writes `nickName`, `gender` and `avatarUrl`; the Open Platform writes `nickname`, `sex` and
/// `headimgurl` for the same.
struct WeChatProfile {
    private let members: JSONObject

    var openid: JSONValue? { members["openid"] }
    var unionid: JSONValue? { members["unionid"] }
    var nickname: String? { members.text("nickName") ?? members.text("nickname") }
    var gender: JSONValue? { members["gender"] ?? members["sex"] }
    var avatarURL: String? { members.text("avatarUrl") ?? members.text("headimgurl") }
    var language: String? { members.text("language") }
    var city: String? { members.text("city") }
    var province: String? { members.text("province") }
    var country: String? { members.text("country") }
    var phone: JSONValue? { members["phone"] }

    init(_ members: JSONObject) {
        self.members = members
    }
}

/// The scope within which a record's ids have a meaning.
struct RecordScope: Sendable {
    /// The pool that was asked, and that the record and its token must belong to.
    let userPoolId: String
    /// The AppID of the mini program, the scope of openids.
    let appId: String
}
