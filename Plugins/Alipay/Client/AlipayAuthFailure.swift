/// Why a visit to Alipay yielded no usable code.
public struct AlipayAuthFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stable.
    public enum Kind: String, CaseIterable, Sendable {
        /// Alipay's SDK reports a failure; see ``AlipayAuthFailure/upstreamCode``.
        case sdk
        /// Alipay's page did not finish.
        case page
        /// The answer is not the one to the app's request.
        case otherState = "other_state"
        /// The answer is for another app.
        case otherApp = "other_app"
        /// There is no code in it.
        case codeMissing = "code_missing"
        /// The code has characters that no code has.
        case codeMalformed = "code_malformed"
    }

    enum Cause: Hashable {
        case sdk(Int)
        case page
        case otherState
        case otherApp
        case codeMissing
        case codeMalformed
    }

    private let cause: Cause

    init(_ cause: Cause) {
        self.cause = cause
    }

    /// What failed.
    public var kind: Kind {
        switch cause {
        case .sdk: .sdk
        case .page: .page
        case .otherState: .otherState
        case .otherApp: .otherApp
        case .codeMissing: .codeMissing
        case .codeMalformed: .codeMalformed
        }
    }

    /// The SDK's code; nil unless the kind is ``Kind/sdk``.
    public var upstreamCode: Int? {
        if case .sdk(let code) = cause { code } else { nil }
    }

    /// A sentence for people.
    public var description: String {
        switch cause {
        case .sdk(SDKResult.noNetwork.rawValue): "Alipay could not be reached. Check the network and try again."
        case .sdk(SDKResult.notInstalled.rawValue): "Alipay is not installed. Install it, or sign in another way."
        case .sdk(SDKResult.repeated.rawValue): "Alipay was asked again too soon. Try again in a few seconds."
        case .sdk(let code): "Alipay's SDK failed with code \(code). Try again."
        case .page: "Alipay did not finish signing in. Try again."
        case .otherState: "Alipay's answer belongs to another login. Begin a new one."
        case .otherApp: "Alipay's answer is for another app. Begin a new login."
        case .codeMissing: "Alipay reported success without a code. Begin a new login."
        case .codeMalformed: "Alipay returned a code with characters that no code has. Begin a new login."
        }
    }
}
