/// What Feishu's SDK (LarkSSO) returns to the app.
///
/// Whatever is in it came through the user's device and proves nothing until a server has exchanged the code.
public struct FeishuAuthResponse: Sendable {
    /// How the visit to Feishu ended.
    public let outcome: FeishuAuthOutcome

    /// Reads a success.
    ///
    /// - Parameter code: What `SSOResponse.safeHandleResult` passes on iOS, and `CallBackData.code` in `onSuccess` elsewhere.
    public init(code: String?) {
        guard let text = code, !text.isEmpty else {
            outcome = .failed(FeishuAuthFailure(.codeMissing))
            return
        }
        outcome =
            FeishuAuthCode(text).map(FeishuAuthOutcome.authorized) ?? .failed(FeishuAuthFailure(.codeMalformed))
    }

    /// Reads a failure.
    ///
    /// - Parameter errorCode: `CallBackData.code` in `onError`: a number as text. Anything else counts as a failure without one.
    public init(errorCode: String?) {
        let number = errorCode.flatMap { Int($0) }
        outcome =
            switch number.flatMap(SDKError.init) {
            case .cancelled: .cancelled
            case .otherState: .failed(FeishuAuthFailure(.otherState))
            case .noCode: .failed(FeishuAuthFailure(.codeMissing))
            case .notOpened, .refused, .parameters, nil: .failed(FeishuAuthFailure(.sdk(number)))
            }
    }

    /// Reads a failure on iOS, where it has a type.
    ///
    /// - Parameter isCancelled: Whether `SSOError.type` is `.cancelled`.
    public init(isCancelled: Bool) {
        outcome = isCancelled ? .cancelled : .failed(FeishuAuthFailure(.sdk(nil)))
    }
}

/// The codes of Feishu's SDK, by its documentation.
enum SDKError: Int {
    /// The answer is not to this SDK's request.
    case otherState = -1
    case noCode = -2
    case cancelled = -3
    /// Feishu could not be opened.
    case notOpened = -4
    case refused = -5
    case parameters = -6
}

/// How a visit to Feishu ended.
public enum FeishuAuthOutcome: Sendable {
    /// The user signed in, and this is the code for the server, which presents it as an authorization code.
    case authorized(FeishuAuthCode)
    /// The user went back.
    case cancelled
    /// It yielded no usable code.
    case failed(FeishuAuthFailure)
}

/// A code for one login. It is in no description.
public struct FeishuAuthCode: Sendable, CustomReflectable {
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
