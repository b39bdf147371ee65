/** An order as the business sees it; what `transform` makes and all later steps read. */
export interface Order {
  readonly id: string;
  /** A return takes nothing from stock but brings back, and gets no confirmation. */
  readonly kind: 'order' | 'return';
  readonly date: string;
  readonly currency: string;
  readonly customer: { readonly name: string; readonly email: string };
  readonly warehouse: string;
  readonly lines: readonly OrderLine[];
  readonly total: number;
  /** Number of the ERP, once it has one. */
  readonly salesOrder?: string;
}

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
}
