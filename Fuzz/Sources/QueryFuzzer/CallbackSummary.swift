import WXAppClient

/// The result of reading a query, in a comparable form.
enum CallbackSummary: Equatable {
    case authorized(String)
    case cancelled
    case failed(WXAppFailure)
    case refused(String)

    init(of query: String) {
        do throws(WXAppCallbackError) {
            self.init(try WXAppCallback(query: query).outcome)
        } catch {
            self = .refused(error.code)
        }
    }

    init(errCode: Int32, of query: String) {
        do throws(WXAppCallbackError) {
            self.init(try WXAppLaunchResponse(errCode: errCode, extMsg: query).outcome)
        } catch {
            self = .refused(error.code)
        }
    }

    private init(_ outcome: WXAppOutcome) {
        switch outcome {
        case .authorized(let ticket): self = .authorized(ticket.value)
        case .cancelled: self = .cancelled
        case .failed(let failure): self = .failed(failure)
        }
    }
}
