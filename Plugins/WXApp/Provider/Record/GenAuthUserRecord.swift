import StrictJSON

/// GenAuth's record of a user, member by member under the names it has on the wire.
///
/// It takes the record of `app2wxapp` and what later generations of the service add. Members that decide something are
/// kept as they came, so that a value of a wrong type cannot pass for an absent one; the others are read leniently.
struct GenAuthUserRecord {
    /// Everything, for who asks for the raw record.
    let members: JSONObject

    // Who it is.
    let underscoreId: JSONValue?  // `_id`
    let id: JSONValue?
    let userId: JSONValue?
    let userPoolId: JSONValue?
    let unionid: JSONValue?
    let openid: JSONValue?

    // Whether they may come in.
    let blocked: JSONValue?
    let isDeleted: JSONValue?
    let status: JSONValue?
    let workStatus: JSONValue?

    // What GenAuth issued.
    let token: JSONValue?
    let tokenExpiredAt: String?

    // How they are reached.
    let email: String?
    let emailVerified: JSONValue?
    let phone: JSONValue?
    let phoneCountryCode: JSONValue?
    let phoneVerified: JSONValue?

    // What they are called and look like.
    let username: String?
    let nickname: String?
    let name: String?
    let givenName: String?
    let familyName: String?
    let middleName: String?
    let preferredUsername: String?
    let photo: String?
    let profile: String?
    let website: String?
    let gender: JSONValue?
    let birthdate: String?
    let zoneinfo: String?
    let locale: String?

    // Where they are.
    let address: String?
    let formatted: String?
    let streetAddress: String?
    let locality: String?
    let city: String?
    let region: String?
    let province: String?
    let postalCode: String?
    let country: String?

    // What else is kept of them.
    let company: String?
    let metadata: JSONValue?
    let oauth: JSONValue?
    let registerMethod: String?
    let loginsCount: JSONValue?
    let lastLogin: String?
    let signedUp: String?
    let createdAt: String?
    let updatedAt: String?

    init(_ members: JSONObject) {
        self.members = members
        underscoreId = members["_id"]
        id = members["id"]
        userId = members["userId"]
        userPoolId = members["userPoolId"]
        unionid = members["unionid"]
        openid = members["openid"]
        blocked = members["blocked"]
        isDeleted = members["isDeleted"]
        status = members["status"]
        workStatus = members["workStatus"]
        token = members["token"]
        tokenExpiredAt = members.text("tokenExpiredAt")
        email = members.text("email")
        emailVerified = members["emailVerified"]
        phone = members["phone"]
        phoneCountryCode = members["phoneCountryCode"]
        phoneVerified = members["phoneVerified"]
        username = members.text("username")
        nickname = members.text("nickname")
        name = members.text("name")
        givenName = members.text("givenName")
        familyName = members.text("familyName")
        middleName = members.text("middleName")
        preferredUsername = members.text("preferredUsername")
        photo = members.text("photo")
        profile = members.text("profile")
        website = members.text("website")
        gender = members["gender"]
        birthdate = members.text("birthdate")
        zoneinfo = members.text("zoneinfo")
        locale = members.text("locale")
        address = members.text("address")
        formatted = members.text("formatted")
        streetAddress = members.text("streetAddress")
        locality = members.text("locality")
        city = members.text("city")
        region = members.text("region")
        province = members.text("province")
        postalCode = members.text("postalCode")
        country = members.text("country")
        company = members.text("company")
        metadata = members["metadata"]
        oauth = members["oauth"]
        registerMethod = members.text("registerMethod")
        loginsCount = members["loginsCount"]
        lastLogin = members.text("lastLogin")
        signedUp = members.text("signedUp")
        createdAt = members.text("createdAt")
        updatedAt = members.text("updatedAt")
    }
}
