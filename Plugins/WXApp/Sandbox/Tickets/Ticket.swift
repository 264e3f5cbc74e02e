import Foundation

/// What the sandbox knows about a ticket it minted.
struct Ticket {
    let userID: SandboxUser.ID
    let isPhoneGranted: Bool
    /// From this moment on, the ticket is refused.
    let expiry: Date
    /// The failure whenever the ticket is presented.
    let fault: SandboxFault?
    var isRedeemed = false
}
