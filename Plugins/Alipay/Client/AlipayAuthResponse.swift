/// What Alipay's SDK returns to the app: its status code, and the result of Alipay's page.
///
/// Whatever is in it came through the user's device and proves nothing until a server has exchanged the code.
public struct AlipayAuthResponse: Sendable {
    /// How the visit to Alipay ended.
    public let outcome: AlipayAuthOutcome

    /// Reads the SDK's answer.
    ///
    /// - Parameters:
    ///   - resultCode: The SDK's status code (`AFAuthServiceResponse.responseCode`, the first parameter of Android's callback).
    ///   - result: The result by name (`result`, the `Bundle` of Android's callback). Read on success only.
    ///   - request: The request that it answers. A state that is not the request's is refused.
    public init(resultCode: Int, result: [String: String], to request: AlipayAuthRequest) {
        outcome = Self.outcome(resultCode, result, request)
    }

    private static func outcome(
        _ resultCode: Int,
        _ result: [String: String],
        _ request: AlipayAuthRequest
    ) -> AlipayAuthOutcome {
        switch SDKResult(rawValue: resultCode) {
        case .success: break
        case .cancelled: return .cancelled
        case .failed, .notInstalled, .repeated, .noNetwork, nil:
            return .failed(AlipayAuthFailure(.sdk(resultCode)))
        }
        guard result["state"]?.utf8.elementsEqual(request.state.utf8) == true else {
            return .failed(AlipayAuthFailure(.otherState))
        }
        if let appId = result["app_id"], !appId.utf8.elementsEqual(request.appId.utf8) {
            return .failed(AlipayAuthFailure(.otherApp))
        }
        if let code = result["result_code"], code != "SUCCESS", code != "200" {
            return .failed(AlipayAuthFailure(.page))
        }
        guard let text = result["auth_code"], !text.isEmpty else { return .failed(AlipayAuthFailure(.codeMissing)) }
        guard let code = AlipayAuthCode(text) else { return .failed(AlipayAuthFailure(.codeMalformed)) }
        return .authorized(code)
    }
}

/// The codes of Alipay's SDK (`OpenAuthTask`, `AFAuthResCode`).
enum SDKResult: Int {
    case success = 9000
    case failed = 4000
    case notInstalled = 4001
    case repeated = 5000
    case cancelled = 6001
    case noNetwork = 6002
}

/// How a visit to Alipay ended.
public enum AlipayAuthOutcome: Sendable {
    /// The user signed in, and this is the code for the server, which presents it as an authorization code.
    case authorized(AlipayAuthCode)
    /// The user went back.
    case cancelled
    /// It yielded no usable code.
    case failed(AlipayAuthFailure)
}

/// A code for one login. It is in no description.
public struct AlipayAuthCode: Sendable, CustomReflectable {
    /// The code: 1 to 512 characters of visible ASCII.
    public let rawValue: String

    /// Returns nil for anything else.
    public init?(_ text: String) {
        guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
    }

    /// A mirror without children: anyone with the code can sign in.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
