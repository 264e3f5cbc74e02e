import Foundation

/// What the sandbox knows of a ticket it minted.
struct Ticket {
    let userID: SandboxUser.ID
    let isPhoneGranted: Bool
    /// From this moment on it is not taken.
    let expiry: Date
    /// What goes wrong whenever it is presented.
    let fault: SandboxFault?
    var isRedeemed = false
}
