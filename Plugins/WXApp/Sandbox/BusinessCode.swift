/// The `code` of an answer, from the vendor's table of error codes.
///
/// The vendor does not document the live endpoint's answer to a ticket it refuses; the codes for that are the closest
/// ones in the table.
enum BusinessCode: Int {
    case success = 200
    case malformedRequest = 400
    case noSuchPath = 404
    case methodNotAllowed = 405
    case notLaunchedFromApp = 499
    case noSuchUser = 2004
    case noSuchUserPool = 2010
    /// A missing or wrong secret.
    case notPermitted = 2020
    /// A ticket that has expired.
    case loginExpired = 2206
    /// A ticket that was never minted, or has already been redeemed.
    case loginInvalid = 2207

    var message: String {
        switch self {
        case .success: "获取用户信息成功"
        case .malformedRequest: "请求参数错误"
        case .noSuchPath: "接口不存在"
        case .methodNotAllowed: "请求方法不支持"
        case .notLaunchedFromApp: "缺少参数 fromApp"
        case .noSuchUser: "用户不存在"
        case .noSuchUserPool: "用户池不存在"
        case .notPermitted: "尚未登录，无权限访问此请求"
        case .loginExpired: "登录信息已过期"
        case .loginInvalid: "登录信息有误"
        }
    }
}
