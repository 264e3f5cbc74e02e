/// Why a ticket is not taken.
enum TicketRefusal: Error {
    case unknown
    case redeemed
    case expired

    /// Redeemed and unknown tickets look alike, as they would to a service that forgets a ticket once it is redeemed.
    var code: BusinessCode {
        switch self {
        case .unknown, .redeemed: .loginInvalid
        case .expired: .loginExpired
        }
    }
}
