/// Why WeCom refuses, by its code.
struct Refusal: Error, Sendable, Equatable {
    let code: Int
    let message: String

    static let code = Refusal(code: 40029, message: "invalid code")
    static let corpid = Refusal(code: 40013, message: "invalid corpid")
    static let secret = Refusal(code: 40001, message: "invalid credential")
    static let noSecret = Refusal(code: 41004, message: "corpsecret missing")
    static let noToken = Refusal(code: 41001, message: "access_token missing")
    static let token = Refusal(code: 40014, message: "invalid access_token")
    static let expiredToken = Refusal(code: 42001, message: "access_token expired")
    static let member = Refusal(code: 60111, message: "userid not found")
    static let ticket = Refusal(code: 84015, message: "invalid user_ticket")
    static let expiredTicket = Refusal(code: 84014, message: "user_ticket expired")
    static let grantType = Refusal(code: 40002, message: "invalid grant_type")
    static let notGET = Refusal(code: 43001, message: "require GET method")
    static let notPOST = Refusal(code: 43002, message: "require POST method")
    static let body = Refusal(code: 47001, message: "data format error")
}
