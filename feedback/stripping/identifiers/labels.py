"""What is written before a number and says what the number is."""

import re

# Numbers that a support desk lives by. "order no. 12345678", "IMEI: 356938035643809", "Bestellnummer 4711"
_BUSINESS = re.compile(
    r"(?:(?<![a-z])(?:order|ticket|invoice|receipt|tracking|parcel|shipment|reference|ref|case|booking|transaction"
    r"|txn"
    r"|trx|imei|imsi|iccid|meid|serial|s/n|sn|model|build|version|error|isbn|ean|batch|article|item|sku|timestamp"
    r"|bestell|auftrags?|rechnungs?|sendungs?|vorgangs?|kunden|artikel|serien|fehler|buchungs?"
    r"|pedido|factura|fatura|envío|envio|reserva|caso|serie|commande|facture|suivi|dossier|référence|colis"
    r"|pesanan|resi|tiket|faktur|pengaduan|transaksi|seri|incidencia|incidente|chamado|protocolo)(?![a-z])"
    r"|(?:bestell|auftrags|rechnungs|sendungs|vorgangs|kunden|artikel|serien|fehler|buchungs|ticket|order)"
    r"-?(?:nummer|nr|code|id|number|no)"
    r"|(?:game|user|player|account|device|session|meeting|zoom|room|group|customer|member)[ ]?(?:id|no|number)"
    r"|订单|单号|运单|快递|序列号|发票|工单|流水|طلب|الطلب|تذكرة|فاتورة|شحنة|शिकायत|ऑर्डर|टिकट|ट्रैकिंग)"
    r"[^\d\n]{0,18}$",
    re.IGNORECASE,
)
_REACH = 40


def is_a_business_number(text: str, start: int) -> bool:
    """Say whether what stands before a number calls it an order, a ticket, a device or the like."""
    return _BUSINESS.search(text, max(0, start - _REACH), start) is not None
