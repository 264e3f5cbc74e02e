import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// A connection as requests are answered on it.
struct ServedConnection: ServerChildChannelValue {
    let messages: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    /// Where its requests leave their places.
    let places: PlaceHandover

    var channel: any Channel { messages.channel }
}
