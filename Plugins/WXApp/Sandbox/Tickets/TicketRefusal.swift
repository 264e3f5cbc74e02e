/// Why a ticket is refused.
enum TicketRefusal: Error {
    case unknown
    case redeemed
    case expired

    /// Redeemed and unknown tickets look alike, as to a service that forgets a ticket once it is redeemed.
    var code: BusinessCode {
        switch self {
        case .unknown, .redeemed: .loginInvalid
        case .expired: .loginExpired
        }
    }
}
